// What the references of the binding do, with functions in the place of Node's that note who calls them.
#include "../../src-native/binding/napi-auto-ref.h"

#include <cstdio>
#include <set>
#include <thread>

namespace {

std::thread::id javascript;
std::set<napi_ref> live;
long next = 1;
int wrong = 0;
void (*closing)(void*) = nullptr;
void* closed = nullptr;

void check(bool holds, const char* what) {
  if (holds) return;
  std::printf("%s\n", what);
  wrong = 1;
}

void letGo(tfnodejs::NapiAutoRef& reference) {
  std::thread([&] { check(reference.Cleanup() == napi_ok, "another thread lets go"); }).join();
}

}  // namespace

extern "C" napi_status napi_create_reference(napi_env, napi_value, uint32_t, napi_ref* result) {
  check(std::this_thread::get_id() == javascript, "created on another thread");
  *result = reinterpret_cast<napi_ref>(next++);
  live.insert(*result);
  return napi_ok;
}

extern "C" napi_status napi_delete_reference(napi_env, napi_ref reference) {
  check(std::this_thread::get_id() == javascript, "deleted on another thread");
  check(live.erase(reference) == 1, "deleted twice");
  return napi_ok;
}

extern "C" napi_status napi_add_env_cleanup_hook(napi_env, void (*hook)(void*), void* argument) {
  closing = hook;
  closed = argument;
  return napi_ok;
}

int main() {
  javascript = std::this_thread::get_id();
  const napi_env env = reinterpret_cast<napi_env>(1);
  tfnodejs::NapiAutoRef here, there, last, late;
  here.Init(env, nullptr);
  there.Init(env, nullptr);
  check(here.Cleanup() == napi_ok && live.size() == 1, "this thread deletes at once");
  check(here.Cleanup() == napi_invalid_arg, "only once");
  letGo(there);
  check(live.size() == 1, "another thread deletes nothing");
  last.Init(env, nullptr);
  check(live.size() == 1, "what it let go of is deleted with the next");
  late.Init(env, nullptr);
  closing(closed);
  letGo(last);
  check(late.Cleanup() == napi_ok && live.size() == 2, "at the end of the environment Node deletes what is left");
  return wrong;
}

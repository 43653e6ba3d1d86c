// In place of the header of this name in tfjs-node's binding, whose guard it takes: what a tensor holds of JavaScript.
//
// A tensor made of a typed array shares its memory, and holds a reference to the array until TensorFlow is done with it.
// TensorFlow may say so on any of its threads, since whoever drops a tensor last frees it; references may be touched only
// on the thread of the environment, and tfjs-node deletes them where it is told. Now and then that damages Node's list of
// references, and the process dies when it ends.
#ifndef TF_NODEJS_NAPI_AUTO_REF_H_
#define TF_NODEJS_NAPI_AUTO_REF_H_

#include <node_api.h>

#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tfnodejs {

/** The references of one environment that other threads have let go of. */
class LetGo {
 public:
  /** That of the environment of this thread, which has one at a time. */
  static std::shared_ptr<LetGo> of(napi_env env) {
    thread_local std::shared_ptr<LetGo> own;
    if (own == nullptr || own->env != env) {
      own = std::make_shared<LetGo>(env);
      // Node deletes what references are left when an environment ends.
      napi_add_env_cleanup_hook(env, [](void* ended) { static_cast<LetGo*>(ended)->close(); }, own.get());
    }
    return own;
  }

  explicit LetGo(napi_env env) : env(env), thread(std::this_thread::get_id()) {}

  /** To be called on the thread of the environment. */
  void collect() {
    std::vector<napi_ref> found;
    {
      std::lock_guard<std::mutex> lock(mutex);
      found.swap(references);
    }
    for (napi_ref reference : found) napi_delete_reference(env, reference);
  }

  /** From any thread. */
  napi_status take(napi_ref reference) {
    std::lock_guard<std::mutex> lock(mutex);
    if (!isOpen) return napi_ok;
    if (std::this_thread::get_id() == thread) return napi_delete_reference(env, reference);
    references.push_back(reference);
    return napi_ok;
  }

 private:
  const napi_env env;
  const std::thread::id thread;
  std::mutex mutex;
  std::vector<napi_ref> references;
  bool isOpen = true;

  void close() {
    std::lock_guard<std::mutex> lock(mutex);
    isOpen = false;
    references.clear();
  }
};

/** One reference, with the names that tfjs-node gives its functions. */
class NapiAutoRef {
 public:
  napi_status Init(napi_env env, napi_value value) {
    home = LetGo::of(env);
    home->collect();
    return napi_create_reference(env, value, 1, &reference);
  }

  napi_status Cleanup() {
    if (reference == nullptr) return napi_invalid_arg;
    return home->take(std::exchange(reference, nullptr));
  }

 private:
  std::shared_ptr<LetGo> home;
  napi_ref reference = nullptr;
};

}  // namespace tfnodejs

#endif  // TF_NODEJS_NAPI_AUTO_REF_H_

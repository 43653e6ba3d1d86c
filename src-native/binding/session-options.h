// Included before the sources of tfjs-node's binding, which load every graph with TensorFlow's default options: with our own.
#ifndef KINDLING_SESSION_OPTIONS_H_
#define KINDLING_SESSION_OPTIONS_H_

#include <cstdlib>
#include <cstring>
#include <string>

#include "tensorflow/c/c_api.h"

namespace kindling {

/** Numbers as protocol buffers have them: seven bits a byte, the lowest first. */
inline std::string varint(unsigned long value) {
  std::string bytes;
  for (; value >= 128; value >>= 7) bytes += static_cast<char>((value & 127) | 128);
  return bytes + static_cast<char>(value);
}

inline std::string numberField(int field, unsigned long value) { return varint(field << 3) + varint(value); }

inline std::string messageField(int field, const std::string& content) {
  return varint(field << 3 | 2) + varint(content.size()) + content;
}

/**
 * A ConfigProto with which Grappler, TensorFlow's optimizer of graphs, goes once over a graph, not twice, and only folds
 * constants and joins operations into fused ones: all that changes how ours are computed, and a fraction of the time.
 */
inline std::string briefOptimization() {
  constexpr int kGraphOptions = 10, kRewriteOptions = 10;
  constexpr int kLayout = 1, kArithmetic = 7, kDependency = 8, kLoop = 9, kFunction = 10, kShape = 13, kScopedAllocator = 15,
                kPinToHost = 18, kImplementationSelector = 22, kCommonSubgraphs = 24;
  constexpr int kMemory = 4, kIterations = 12;
  constexpr int kOff = 2, kNoMemoryOptimization = 1, kOne = 1;
  std::string rewrite = numberField(kMemory, kNoMemoryOptimization) + numberField(kIterations, kOne);
  for (const int optimizer : {kLayout, kArithmetic, kDependency, kLoop, kFunction, kShape, kScopedAllocator, kPinToHost,
                              kImplementationSelector, kCommonSubgraphs})
    rewrite += numberField(optimizer, kOff);
  return messageField(kGraphOptions, messageField(kRewriteOptions, rewrite));
}

/**
 * A ConfigProto with which a graph is computed as it is: Grappler and the older optimizer behind it leave it alone. On one
 * thread, operations run in the thread that calls; waking another for each call takes 3 % of a short step.
 */
inline std::string noOptimization() {
  constexpr int kInterOpThreads = 5, kGraphOptions = 10, kOptimizerOptions = 3, kRewriteOptions = 10;
  constexpr int kLevel = 3, kDisableMetaOptimizer = 19;
  constexpr unsigned long kNegative = ~0ul;
  const std::string graph = messageField(kOptimizerOptions, numberField(kLevel, kNegative)) +
                            messageField(kRewriteOptions, numberField(kDisableMetaOptimizer, 1));
  const char* threads = std::getenv("TF_NUM_INTEROP_THREADS");
  const bool isAlone = threads != nullptr && std::strcmp(threads, "1") == 0;
  return messageField(kGraphOptions, graph) + (isAlone ? numberField(kInterOpThreads, kNegative) : "");
}

inline void configure(TF_SessionOptions* options, const std::string& config) {
  TF_Status* status = TF_NewStatus();
  // a TensorFlow that refuses it keeps its defaults
  TF_SetConfig(options, config.data(), config.size(), status);
  TF_DeleteStatus(status);
}

/**
 * A ConfigProto for a GPU: TensorFlow's defaults, but for the layout, where maps are to stay [n, h, w, c], and for the fused operations that
 * Grappler makes, where there are convolutions with groups, which fused ones do not have.
 */
inline std::string onGpu(bool keepsLayout, bool hasGroups) {
  constexpr int kGraphOptions = 10, kRewriteOptions = 10, kLayout = 1, kRemapping = 14, kOff = 2;
  const std::string rewrite =
      (keepsLayout ? numberField(kLayout, kOff) : "") + (hasGroups ? numberField(kRemapping, kOff) : "");
  return messageField(kGraphOptions, messageField(kRewriteOptions, rewrite));
}

/** Whether maps are to stay as they are recorded (src-main/engine/engines/tensorflow/gpu-choices.ts). */
inline bool keepsLayout() {
  const char* layout = std::getenv("KINDLING_LAYOUT");
  return layout != nullptr && std::strcmp(layout, "nhwc") == 0;
}

inline TF_SessionOptions* sessionOptions(bool isOnGpu) {
  TF_SessionOptions* options = TF_NewSessionOptions();
  if (!isOnGpu) configure(options, briefOptimization());
  return options;
}

/** The tag of a graph in which there is nothing to join. */
constexpr const char* kAsRecorded = "as-recorded";
/** Of graphs on a GPU, without and with convolutions that have groups. */
constexpr const char* kOnGpu = "on-gpu";
constexpr const char* kOnGpuWithGroups = "on-gpu-with-groups";

inline TF_Session* loadSession(TF_SessionOptions* options, const TF_Buffer* runOptions, const char* folder,
                               const char* const* tags, int count, TF_Graph* graph, TF_Buffer* metaGraph, TF_Status* status) {
  for (int i = 0; i < count; i++) {
    const auto isTag = [&](const char* tag) { return std::strcmp(tags[i], tag) == 0; };
    if (isTag(kAsRecorded)) configure(options, noOptimization());
    if (isTag(kOnGpu) || isTag(kOnGpuWithGroups)) configure(options, onGpu(keepsLayout(), isTag(kOnGpuWithGroups)));
  }
  return TF_LoadSessionFromSavedModel(options, runOptions, folder, tags, count, graph, metaGraph, status);
}

}  // namespace kindling

/** In the binding's class, which knows its device. */
#define TF_NewSessionOptions() kindling::sessionOptions(is_gpu_device)
#define TF_LoadSessionFromSavedModel kindling::loadSession

#endif  // KINDLING_SESSION_OPTIONS_H_

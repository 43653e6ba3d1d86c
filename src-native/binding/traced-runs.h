// Included before the sources of tfjs-node's binding: what TensorFlow did in each run of a session, written to a file where one is named.
#ifndef KINDLING_TRACED_RUNS_H_
#define KINDLING_TRACED_RUNS_H_

#include <cstdio>
#include <cstdlib>
#include <string>

#include "session-options.h"
#include "tensorflow/c/c_api.h"

namespace kindling {

/** The file to which runs are written while the variable is set: runs before and after it are not slowed down. */
constexpr const char* kTraceFile = "KINDLING_TRACE_FILE";

/** RunOptions by which TensorFlow notes each operation, and on a GPU each kernel. */
inline std::string fullTrace() {
  constexpr int kTraceLevel = 1, kFullTrace = 3;
  return numberField(kTraceLevel, kFullTrace);
}

/** Adds a run to the file, which as a whole is a message whose field 1 is repeated: a RunMetadata for each run. */
inline void appendRun(const char* file, const TF_Buffer& metadata) {
  const std::string run = messageField(1, std::string(static_cast<const char*>(metadata.data), metadata.length));
  std::FILE* out = std::fopen(file, "ab");
  const bool isWritten = out != nullptr && std::fwrite(run.data(), 1, run.size(), out) == run.size();
  const bool isClosed = out != nullptr && std::fclose(out) == 0;
  if (!isWritten || !isClosed) std::fprintf(stderr, "a run could not be added to the trace %s\n", file);
}

inline void runSession(TF_Session* session, const TF_Buffer* options, const TF_Output* inputs, TF_Tensor* const* inputValues,
                       int inputCount, const TF_Output* outputs, TF_Tensor** outputValues, int outputCount,
                       const TF_Operation* const* targets, int targetCount, TF_Buffer* metadata, TF_Status* status) {
  const char* file = std::getenv(kTraceFile);
  if (file == nullptr) {
    TF_SessionRun(session, options, inputs, inputValues, inputCount, outputs, outputValues, outputCount, targets, targetCount,
                  metadata, status);
    return;
  }
  const std::string trace = fullTrace();
  TF_Buffer* traced = TF_NewBufferFromString(trace.data(), trace.size());
  TF_Buffer* told = TF_NewBuffer();
  TF_SessionRun(session, traced, inputs, inputValues, inputCount, outputs, outputValues, outputCount, targets, targetCount, told,
                status);
  if (TF_GetCode(status) == TF_OK) appendRun(file, *told);
  TF_DeleteBuffer(told);
  TF_DeleteBuffer(traced);
}

}  // namespace kindling

#define TF_SessionRun kindling::runSession

#endif  // KINDLING_TRACED_RUNS_H_

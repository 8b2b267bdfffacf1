// What Node.js cannot do to its own process. TensorFlow 2.21 writes two lines to stderr while its library is being loaded, before it
// looks at TF_CPP_MIN_LOG_LEVEL: stderr is redirected for as long as loading takes. And it reads the process's environment, of which a
// worker thread has a copy.
#include "addon.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <mutex>

// Of the process: several worker threads may load at once, of which the last to end gives stderr back.
static std::mutex mutex;
static int muting = 0, kept = -1;

napi_value Mute(napi_env, napi_callback_info) {
  const std::lock_guard<std::mutex> lock(mutex);
  if (muting++ > 0) return nullptr;
  int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) {
    kept = fcntl(2, F_DUPFD_CLOEXEC, 3);
    if (kept >= 0) dup2(nowhere, 2);
  }
  if (nowhere >= 0) close(nowhere);
  return nullptr;
}

napi_value Restore(napi_env, napi_callback_info) {
  const std::lock_guard<std::mutex> lock(mutex);
  if (muting > 0 && --muting == 0 && kept >= 0) {
    dup2(kept, 2);
    close(kept);
    kept = -1;
  }
  return nullptr;
}

napi_value SetEnvironment(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value given[2];
  char name[64], value[64];
  if (napi_get_cb_info(env, info, &count, given, nullptr, nullptr) == napi_ok && count == 2 &&
      napi_get_value_string_utf8(env, given[0], name, sizeof name, nullptr) == napi_ok &&
      napi_get_value_string_utf8(env, given[1], value, sizeof value, nullptr) == napi_ok) {
    setenv(name, value, 1);
  }
  return nullptr;
}

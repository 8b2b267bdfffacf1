// What the addon exports. Each function is told of where it is written.
#include "addon.h"

NAPI_MODULE_INIT() {
  const struct {
    const char* name;
    napi_callback function;
  } exported[] = {
    {"mute", Mute},
    {"restore", Restore},
    {"setEnvironment", SetEnvironment},
    {"attach", Attach},
    {"openSession", OpenSession},
    {"closeSession", CloseSession},
    {"prepare", Prepare},
    {"run", Run},
    {"hold", Hold},
    {"release", Release},
  };
  for (const auto& [name, function] : exported) {
    napi_value value;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, function, nullptr, &value);
    napi_set_named_property(env, exports, name, value);
  }
  return exports;
}

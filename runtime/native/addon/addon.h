// What the addon's files have in common.
#pragma once
#include <node_api.h>

napi_value Mute(napi_env, napi_callback_info);
napi_value Restore(napi_env, napi_callback_info);
napi_value SetEnvironment(napi_env, napi_callback_info);

napi_value Attach(napi_env, napi_callback_info);
napi_value OpenSession(napi_env, napi_callback_info);
napi_value CloseSession(napi_env, napi_callback_info);
napi_value Prepare(napi_env, napi_callback_info);
napi_value Run(napi_env, napi_callback_info);
napi_value Hold(napi_env, napi_callback_info);
napi_value Release(napi_env, napi_callback_info);

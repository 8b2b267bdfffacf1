// A session of TensorFlow's that is called with typed arrays and gives typed arrays: what is fed and fetched is looked up once, and no
// tensor of tfjs stands between.
#include "addon.h"
#include "tensorflow.h"

#include <dlfcn.h>
#include <string.h>

#include <memory>
#include <string>
#include <vector>

namespace {

// The same in each thread: there is one TensorFlow in a process.
TensorFlow tf;

/** Looks TensorFlow's functions up in a library that is loaded, or in those that it was linked with. Gives the name of what is missing. */
const char* Find(const char* library) {
  void* handle = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
  if (handle == nullptr) return "library that is loaded";
  TensorFlow found;
#define LOOK_UP(result, name, parameters)                                          \
  found.name = reinterpret_cast<result(*) parameters>(dlsym(handle, #name));      \
  if (found.name == nullptr) return #name;
  EACH_FUNCTION(LOOK_UP)
#undef LOOK_UP
  tf = found;
  return nullptr;
}

struct Status {
  TF_Status* const status = tf.TF_NewStatus();
  ~Status() { tf.TF_DeleteStatus(status); }
  bool failed() const { return tf.TF_GetCode(status) != 0; }
};

/** Throws in JavaScript, where nothing is thrown yet. */
napi_value Throw(napi_env env, const std::string& message) {
  napi_throw_error(env, nullptr, message.c_str());
  return nullptr;
}

struct Session {
  TF_Graph* graph = nullptr;
  TF_Session* session = nullptr;
  ~Session() { Close(); }
  void Close() {
    if (session != nullptr) tf.TF_DeleteSession(session, Status().status);
    if (graph != nullptr) tf.TF_DeleteGraph(graph);
    session = nullptr;
    graph = nullptr;
  }
};

/** A tensor that stays: of many runs, or between two. */
struct Held {
  TF_Tensor* tensor;
  ~Held() { Release(); }
  void Release() {
    if (tensor != nullptr) tf.TF_DeleteTensor(tensor);
    tensor = nullptr;
  }
};

/** What a run feeds and fetches. */
struct Prepared {
  std::shared_ptr<Session> session;
  std::vector<TF_Output> feeds;
  std::vector<TF_DataType> types;
  std::vector<TF_Output> fetches;
  bool alone;
};

/** Tensors that are deleted in the end, but for those that are not owned. */
struct Tensors {
  std::vector<TF_Tensor*> all;
  std::vector<TF_Tensor*> owned;
  explicit Tensors(size_t count) : all(count, nullptr) { owned.reserve(count); }
  ~Tensors() {
    for (TF_Tensor* tensor : owned) tf.TF_DeleteTensor(tensor);
  }
};

template <size_t N>
void Arguments(napi_env env, napi_callback_info info, napi_value (&given)[N]) {
  size_t count = N;
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
}

std::string Text(napi_env env, napi_value value) {
  size_t length = 0;
  napi_get_value_string_utf8(env, value, nullptr, 0, &length);
  std::string text(length, '\0');
  napi_get_value_string_utf8(env, value, &text[0], length + 1, nullptr);
  return text;
}

template <class T>
T* Pointed(napi_env env, napi_value value) {
  void* data = nullptr;
  napi_get_value_external(env, value, &data);
  return static_cast<T*>(data);
}

/** A value of JavaScript's that owns a value of ours. */
template <class T>
napi_value Owner(napi_env env, T* owned) {
  napi_value value;
  napi_create_external(env, owned, [](napi_env, void* data, void*) { delete static_cast<T*>(data); }, nullptr, &value);
  return value;
}

uint32_t LengthOf(napi_env env, napi_value array) {
  uint32_t length = 0;
  napi_get_array_length(env, array, &length);
  return length;
}

napi_value ElementOf(napi_env env, napi_value array, uint32_t index) {
  napi_value element;
  napi_get_element(env, array, index, &element);
  return element;
}

const char* NameOf(TF_DataType type) {
  switch (type) {
    case TF_FLOAT: return "float32";
    case TF_INT32: return "int32";
    case TF_UINT8: return "uint8";
    case TF_BOOL: return "bool";
    default: return nullptr;
  }
}

size_t BytesOf(TF_DataType type) { return type == TF_FLOAT || type == TF_INT32 ? 4 : 1; }

napi_typedarray_type ArrayOf(TF_DataType type) {
  return type == TF_FLOAT ? napi_float32_array : type == TF_INT32 ? napi_int32_array : napi_uint8_array;
}

/** A tensor with a copy of what a typed array holds; null, with an error thrown, where that is not as many bytes, or there is no memory. */
TF_Tensor* TensorOf(napi_env env, TF_DataType type, napi_value array, napi_value sizes) {
  const uint32_t rank = LengthOf(env, sizes);
  std::vector<int64_t> dims(rank);
  size_t bytes = BytesOf(type);
  bool counted = true;
  for (uint32_t axis = 0; axis < rank; axis++) {
    counted = napi_get_value_int64(env, ElementOf(env, sizes, axis), &dims[axis]) == napi_ok && dims[axis] >= 0 &&
              !__builtin_mul_overflow(bytes, size_t(dims[axis]), &bytes) && counted;
  }
  size_t length = 0;
  void* data = nullptr;
  napi_typedarray_type kind;
  const bool read = napi_get_typedarray_info(env, array, &kind, &length, &data, nullptr, nullptr) == napi_ok;
  const size_t width = kind == napi_float32_array || kind == napi_int32_array ? 4 : 1;
  if (!counted || !read || length * width != bytes) {
    Throw(env, "a typed array of another length than its shape was fed");
    return nullptr;
  }
  TF_Tensor* tensor = tf.TF_AllocateTensor(type, dims.data(), rank, bytes);
  void* to = tensor == nullptr ? nullptr : tf.TF_TensorData(tensor);
  if (bytes > 0 && to != nullptr) memcpy(to, data, bytes);
  if (tensor != nullptr && (bytes == 0 || to != nullptr)) return tensor;
  if (tensor != nullptr) tf.TF_DeleteTensor(tensor);
  Throw(env, "there is no memory for a tensor of " + std::to_string(bytes) + " bytes");
  return nullptr;
}

/** A new ArrayBuffer's memory. By its constructor, which throws where there is none: napi_create_arraybuffer ends the process. */
bool NewBuffer(napi_env env, size_t bytes, void** data, napi_value* buffer) {
  napi_value global, constructor, length;
  return napi_get_global(env, &global) == napi_ok && napi_get_named_property(env, global, "ArrayBuffer", &constructor) == napi_ok &&
         napi_create_int64(env, bytes, &length) == napi_ok && napi_new_instance(env, constructor, 1, &length, buffer) == napi_ok &&
         napi_get_arraybuffer_info(env, *buffer, data, nullptr) == napi_ok;
}

/** Appends the elements of a tensor, as a typed array, and its shape. False, with an error thrown, where there is no memory for them. */
bool Give(napi_env env, const TF_Tensor* tensor, napi_value given, uint32_t place) {
  const TF_DataType type = tf.TF_TensorType(tensor);
  const size_t bytes = tf.TF_TensorByteSize(tensor);
  void* data;
  napi_value buffer, array, sizes;
  if (!NewBuffer(env, bytes, &data, &buffer)) return false;
  if (bytes > 0) memcpy(data, tf.TF_TensorData(tensor), bytes);
  napi_create_typedarray(env, ArrayOf(type), bytes / BytesOf(type), buffer, 0, &array);
  const int rank = tf.TF_NumDims(tensor);
  napi_create_array_with_length(env, rank, &sizes);
  for (int axis = 0; axis < rank; axis++) {
    napi_value size;
    napi_create_int64(env, tf.TF_Dim(tensor, axis), &size);
    napi_set_element(env, sizes, axis, size);
  }
  napi_set_element(env, given, place, array);
  napi_set_element(env, given, place + 1, sizes);
  return true;
}

/** RunOptions whose inter_op_thread_pool is -1, as a protocol buffer: ops run one after another, on the thread that calls. */
const uint8_t onThisThread[] = {0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
const TF_Buffer alone = {onThisThread, sizeof onThisThread, nullptr};

}  // namespace

/** attach(library): what is called of TensorFlow from then on is what this library, a path, has loaded. */
napi_value Attach(napi_env env, napi_callback_info info) {
  napi_value given[1];
  Arguments(env, info, given);
  const char* missing = Find(Text(env, given[0]).c_str());
  return missing == nullptr ? nullptr : Throw(env, std::string("there is no ") + missing);
}

/** openSession(graph): a session for a graph, given as a GraphDef's bytes. */
napi_value OpenSession(napi_env env, napi_callback_info info) {
  napi_value given[1];
  Arguments(env, info, given);
  TF_Buffer bytes = {nullptr, 0, nullptr};
  void* data = nullptr;
  napi_get_typedarray_info(env, given[0], nullptr, &bytes.length, &data, nullptr, nullptr);
  bytes.data = data;

  auto session = std::make_unique<std::shared_ptr<Session>>(std::make_shared<Session>());
  Session& made = **session;
  Status status;
  made.graph = tf.TF_NewGraph();
  TF_ImportGraphDefOptions* importing = tf.TF_NewImportGraphDefOptions();
  tf.TF_GraphImportGraphDef(made.graph, &bytes, importing, status.status);
  tf.TF_DeleteImportGraphDefOptions(importing);
  if (!status.failed()) {
    TF_SessionOptions* options = tf.TF_NewSessionOptions();
    made.session = tf.TF_NewSession(made.graph, options, status.status);
    tf.TF_DeleteSessionOptions(options);
  }
  if (status.failed()) return Throw(env, tf.TF_Message(status.status));
  return Owner(env, session.release());
}

/** closeSession(session): frees it with its variables. What is run after that is refused. */
napi_value CloseSession(napi_env env, napi_callback_info info) {
  napi_value given[1];
  Arguments(env, info, given);
  (*Pointed<std::shared_ptr<Session>>(env, given[0]))->Close();
  return nullptr;
}

namespace {

/** Looks tensors up by their names, `node:output`. False, with an error thrown, where one is not in the graph. */
bool LookUp(napi_env env, TF_Graph* graph, napi_value names, std::vector<TF_Output>& found) {
  const uint32_t count = LengthOf(env, names);
  for (uint32_t i = 0; i < count; i++) {
    const std::string name = Text(env, ElementOf(env, names, i));
    const size_t colon = name.rfind(':');
    TF_Operation* operation = tf.TF_GraphOperationByName(graph, name.substr(0, colon).c_str());
    const TF_Output output = {operation, colon == std::string::npos ? 0 : std::stoi(name.substr(colon + 1))};
    if (operation == nullptr || NameOf(tf.TF_OperationOutputType(output)) == nullptr) {
      Throw(env, "there is no tensor " + name + " of a dtype that is known");
      return false;
    }
    found.push_back(output);
  }
  return true;
}

}  // namespace

/**
 * prepare(session, feeds, fetches, alone): what runs of the session with these names need, and the fetches' dtypes. `alone` says that ops
 * are run by the thread that calls, one after another.
 */
napi_value Prepare(napi_env env, napi_callback_info info) {
  napi_value given[4];
  Arguments(env, info, given);
  const auto& session = *Pointed<std::shared_ptr<Session>>(env, given[0]);
  if (session->session == nullptr) return Throw(env, "the session is closed");
  auto prepared = std::make_unique<Prepared>();
  prepared->session = session;
  if (!LookUp(env, session->graph, given[1], prepared->feeds)) return nullptr;
  if (!LookUp(env, session->graph, given[2], prepared->fetches)) return nullptr;
  for (const TF_Output& feed : prepared->feeds) prepared->types.push_back(tf.TF_OperationOutputType(feed));
  napi_get_value_bool(env, given[3], &prepared->alone);

  napi_value result, dtypes;
  napi_create_object(env, &result);
  napi_create_array(env, &dtypes);
  for (size_t i = 0; i < prepared->fetches.size(); i++) {
    napi_value name;
    napi_create_string_utf8(env, NameOf(tf.TF_OperationOutputType(prepared->fetches[i])), NAPI_AUTO_LENGTH, &name);
    napi_set_element(env, dtypes, i, name);
  }
  napi_set_named_property(env, result, "dtypes", dtypes);
  napi_set_named_property(env, result, "handle", Owner(env, prepared.release()));
  return result;
}

/**
 * run(prepared, values, shapes, hold): runs the session. Each value is a typed array with a shape, or a tensor that is held. Gives each
 * result as a typed array followed by its shape, or, where `hold` says so, as a tensor that is held.
 */
napi_value Run(napi_env env, napi_callback_info info) {
  napi_value given[4];
  Arguments(env, info, given);
  const Prepared& prepared = *Pointed<Prepared>(env, given[0]);
  if (prepared.session->session == nullptr) return Throw(env, "the session is closed");
  const uint32_t count = prepared.feeds.size();
  if (LengthOf(env, given[1]) != count) return Throw(env, "another number of values was fed than was prepared for");
  Tensors inputs(count);
  for (uint32_t i = 0; i < count; i++) {
    const napi_value value = ElementOf(env, given[1], i);
    napi_valuetype type;
    napi_typeof(env, value, &type);
    if (type == napi_external) {
      inputs.all[i] = Pointed<Held>(env, value)->tensor;
      if (inputs.all[i] == nullptr) return Throw(env, "a tensor was fed that has been released");
      continue;
    }
    inputs.all[i] = TensorOf(env, prepared.types[i], value, ElementOf(env, given[2], i));
    if (inputs.all[i] == nullptr) return nullptr;
    inputs.owned.push_back(inputs.all[i]);
  }
  Tensors outputs(prepared.fetches.size());
  Status status;
  tf.TF_SessionRun(prepared.session->session, prepared.alone ? &alone : nullptr, prepared.feeds.data(),
                   inputs.all.data(), count, prepared.fetches.data(), outputs.all.data(), outputs.all.size(), nullptr, 0,
                   nullptr, status.status);
  if (status.failed()) return Throw(env, tf.TF_Message(status.status));

  bool hold = false;
  napi_get_value_bool(env, given[3], &hold);
  napi_value results;
  napi_create_array(env, &results);
  if (!hold) outputs.owned = outputs.all;
  for (uint32_t i = 0; i < outputs.all.size(); i++) {
    if (hold) napi_set_element(env, results, i, Owner(env, new Held{outputs.all[i]}));
    else if (!Give(env, outputs.all[i], results, 2 * i)) return nullptr;
  }
  return results;
}

/** hold(typedArray, shape, dtype): a tensor with a copy of it, for many runs. */
napi_value Hold(napi_env env, napi_callback_info info) {
  napi_value given[3];
  Arguments(env, info, given);
  const std::string dtype = Text(env, given[2]);
  for (const TF_DataType type : {TF_FLOAT, TF_INT32, TF_UINT8, TF_BOOL}) {
    if (dtype != NameOf(type)) continue;
    TF_Tensor* tensor = TensorOf(env, type, given[0], given[1]);
    return tensor == nullptr ? nullptr : Owner(env, new Held{tensor});
  }
  return Throw(env, "there is no dtype " + dtype);
}

/** release(held): frees a tensor that is held. */
napi_value Release(napi_env env, napi_callback_info info) {
  napi_value given[1];
  Arguments(env, info, given);
  Pointed<Held>(env, given[0])->Release();
  return nullptr;
}

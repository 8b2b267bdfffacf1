#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tensorflow.h"

namespace shapewright {

constexpr int float32 = 1, int32 = 3, int64 = 9;
constexpr int invalidArgument = 3, unimplemented = 12, internal = 13;

/** What TensorFlow is told in place of a result. */
struct Failure {
  int code;
  std::string message;
};

class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(status_); }
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;
  operator TF_Status*() const { return status_; }
  bool isOk() const { return TF_GetCode(status_) == 0; }
  void check(const char* doing) const {
    if (!isOk()) throw Failure{internal, std::string("internal: ") + doing};
  }
  void set(const Failure& failure) const { TF_SetStatus(status_, failure.code, failure.message.c_str()); }

 private:
  TF_Status* const status_;
};

/** A node's attributes; those that it has not are empty, or what is said instead. */
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* context) : context_(context) {}

  std::vector<int32_t> integers(const char* name) const {
    const int32_t size = sizeOf(name).first;
    std::vector<int32_t> values(size > 0 ? size : 0);
    const Status status;
    if (!values.empty()) TF_OpKernelConstruction_GetAttrInt32List(context_, name, values.data(), size, status);
    status.check(name);
    return values;
  }

  float number(const char* name, float value = 0) const {
    const Status status;
    if (TF_OpKernelConstruction_HasAttr(context_, name, status)) TF_OpKernelConstruction_GetAttrFloat(context_, name, &value, status);
    status.check(name);
    return value;
  }

  bool flag(const char* name) const {
    const Status status;
    unsigned char value = 0;
    TF_OpKernelConstruction_GetAttrBool(context_, name, &value, status);
    status.check(name);
    return value != 0;
  }

  std::string text(const char* name) const {
    const int32_t size = sizeOf(name).second;
    std::string value(size > 0 ? size : 0, ' ');
    const Status status;
    if (!value.empty()) TF_OpKernelConstruction_GetAttrString(context_, name, &value[0], size, status);
    status.check(name);
    return value;
  }

 private:
  std::pair<int32_t, int32_t> sizeOf(const char* name) const {
    const Status status;
    int32_t size = 0, total = 0;
    if (TF_OpKernelConstruction_HasAttr(context_, name, status)) {
      TF_OpKernelConstruction_GetAttrSize(context_, name, &size, &total, status);
    }
    status.check(name);
    return {size, total};
  }

  TF_OpKernelConstruction* const context_;
};

using Tensor = std::unique_ptr<TF_Tensor, decltype(&TF_DeleteTensor)>;
using Shape = std::vector<int64_t>;

inline Shape shapeOf(const Tensor& tensor) {
  Shape shape(TF_NumDims(tensor.get()));
  for (size_t axis = 0; axis < shape.size(); axis++) shape[axis] = TF_Dim(tensor.get(), axis);
  return shape;
}

/** Of numbers. More of them than memory could have are refused: TensorFlow would end the process. */
inline int64_t countOf(const Shape& shape) {
  int64_t count = 1;
  for (int64_t size : shape) {
    if (__builtin_mul_overflow(count, size, &count)) throw Failure{invalidArgument, "a result of more numbers than can be counted"};
  }
  return count;
}

inline float* floats(const Tensor& tensor) { return static_cast<float*>(TF_TensorData(tensor.get())); }

/** A node as it runs: its inputs, and the places of its outputs. */
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context) {}

  /** Of inputs. */
  int count() const { return TF_NumInputs(context_); }

  Tensor input(int index) const {
    TF_Tensor* tensor = nullptr;
    const Status status;
    TF_GetInput(context_, index, &tensor, status);
    status.check("an input");
    return Tensor(tensor, &TF_DeleteTensor);
  }

  Tensor output(int index, const Shape& shape) const {
    const Status status;
    TF_Tensor* tensor = TF_AllocateOutput(context_, index, float32, shape.data(), shape.size(), countOf(shape) * sizeof(float), status);
    status.check("memory for a result");
    return Tensor(tensor, &TF_DeleteTensor);
  }

 private:
  TF_OpKernelContext* const context_;
};

/** Makes what a node needs from its attributes; no exception of ours goes through TensorFlow. */
template <typename Kernel>
void* create(TF_OpKernelConstruction* context) {
  const Status status;
  try {
    return new Kernel(Attributes(context));
  } catch (const Failure& failure) {
    status.set(failure);
  } catch (const std::exception& error) {
    status.set({internal, error.what()});
  }
  TF_OpKernelConstruction_Failure(context, status);
  return nullptr;
}

template <typename Kernel>
void compute(void* kernel, TF_OpKernelContext* context) {
  const Status status;
  try {
    static_cast<const Kernel*>(kernel)->run(Call(context));
    return;
  } catch (const Failure& failure) {
    status.set(failure);
  } catch (const std::exception& error) {
    status.set({internal, error.what()});
  }
  TF_OpKernelContext_Failure(context, status);
}

/** Has TensorFlow take the kernel for an op on float32, in place of its own one, which has no priority. */
template <typename Kernel>
bool registerKernel(const std::string& op, const char* label = nullptr) {
  const auto remove = [](void* kernel) { delete static_cast<Kernel*>(kernel); };
  TF_KernelBuilder* builder = TF_NewKernelBuilder(op.c_str(), "CPU", &create<Kernel>, &compute<Kernel>, remove);
  const Status status;
  TF_KernelBuilder_TypeConstraint(builder, "T", float32, status);
  TF_KernelBuilder_Priority(builder, 1);
  if (label) TF_KernelBuilder_Label(builder, label);
  if (status.isOk()) TF_RegisterKernelBuilder(("Shapewright" + op).c_str(), builder, status);
  return status.isOk();
}

/** The same, where oneDNN is in use, too: then TensorFlow gives ops other names, and kernels a label. */
template <typename Kernel>
bool registerEverywhere(const std::string& op) {
  return registerKernel<Kernel>(op) && registerKernel<Kernel>("_MklNative" + op, "MklNameChangeOp");
}

}  // namespace shapewright

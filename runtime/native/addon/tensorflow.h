// The part of TensorFlow's C interface that is called here, as tensorflow/c/c_api.h declares it: it is the same in each version. The
// functions are looked up in the library that tfjs-node has loaded, so that compiling takes neither its headers nor the library.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct TF_Status;
struct TF_Graph;
struct TF_Operation;
struct TF_Session;
struct TF_SessionOptions;
struct TF_ImportGraphDefOptions;
struct TF_Tensor;

struct TF_Buffer {
  const void* data;
  size_t length;
  void (*data_deallocator)(void* data, size_t length);
};

struct TF_Output {
  TF_Operation* oper;
  int index;
};

enum TF_DataType { TF_FLOAT = 1, TF_INT32 = 3, TF_UINT8 = 4, TF_BOOL = 10 };

#define EACH_FUNCTION(F)                                                                                                  \
  F(TF_Status*, TF_NewStatus, ())                                                                                         \
  F(void, TF_DeleteStatus, (TF_Status*))                                                                                  \
  F(int, TF_GetCode, (const TF_Status*))                                                                                  \
  F(const char*, TF_Message, (const TF_Status*))                                                                          \
  F(TF_Graph*, TF_NewGraph, ())                                                                                           \
  F(void, TF_DeleteGraph, (TF_Graph*))                                                                                    \
  F(TF_ImportGraphDefOptions*, TF_NewImportGraphDefOptions, ())                                                           \
  F(void, TF_DeleteImportGraphDefOptions, (TF_ImportGraphDefOptions*))                                                    \
  F(void, TF_GraphImportGraphDef, (TF_Graph*, const TF_Buffer*, const TF_ImportGraphDefOptions*, TF_Status*))             \
  F(TF_Operation*, TF_GraphOperationByName, (TF_Graph*, const char*))                                                     \
  F(TF_DataType, TF_OperationOutputType, (TF_Output))                                                                     \
  F(TF_SessionOptions*, TF_NewSessionOptions, ())                                                                         \
  F(void, TF_DeleteSessionOptions, (TF_SessionOptions*))                                                                  \
  F(TF_Session*, TF_NewSession, (TF_Graph*, const TF_SessionOptions*, TF_Status*))                                        \
  F(void, TF_DeleteSession, (TF_Session*, TF_Status*))                                                                    \
  F(void, TF_SessionRun,                                                                                                  \
    (TF_Session*, const TF_Buffer*, const TF_Output*, TF_Tensor* const*, int, const TF_Output*, TF_Tensor**, int,         \
     const TF_Operation* const*, int, TF_Buffer*, TF_Status*))                                                            \
  F(TF_Tensor*, TF_AllocateTensor, (TF_DataType, const int64_t*, int, size_t))                                            \
  F(void, TF_DeleteTensor, (TF_Tensor*))                                                                                  \
  F(TF_DataType, TF_TensorType, (const TF_Tensor*))                                                                       \
  F(int, TF_NumDims, (const TF_Tensor*))                                                                                  \
  F(int64_t, TF_Dim, (const TF_Tensor*, int))                                                                             \
  F(size_t, TF_TensorByteSize, (const TF_Tensor*))                                                                        \
  F(void*, TF_TensorData, (const TF_Tensor*))

/** TensorFlow's functions. */
struct TensorFlow {
#define MEMBER(result, name, parameters) result(*name) parameters;
  EACH_FUNCTION(MEMBER)
#undef MEMBER
};

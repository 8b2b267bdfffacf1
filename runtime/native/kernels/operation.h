#pragma once

#include <vector>

#include "kernel.h"

extern "C" {
struct TF_OpDefinitionBuilder;
struct TF_ShapeInferenceContext;

TF_OpDefinitionBuilder* TF_NewOpDefinitionBuilder(const char* name);
void TF_OpDefinitionBuilderAddInput(TF_OpDefinitionBuilder*, const char*);
void TF_OpDefinitionBuilderAddOutput(TF_OpDefinitionBuilder*, const char*);
void TF_OpDefinitionBuilderAddAttr(TF_OpDefinitionBuilder*, const char*);
void TF_OpDefinitionBuilderSetShapeInferenceFunction(TF_OpDefinitionBuilder*, void (*)(TF_ShapeInferenceContext*, TF_Status*));
void TF_ShapeInferenceContextSetUnknownShape(TF_ShapeInferenceContext*, TF_Status*);
void TF_RegisterOpDefinition(TF_OpDefinitionBuilder*, TF_Status*);
}

namespace shapewright {

/** Has TensorFlow know an op that it has not: inputs, outputs and attributes, in TensorFlow's words for them. */
inline bool registerOp(const char* name, const std::vector<const char*>& inputs, const std::vector<const char*>& outputs,
                       const std::vector<const char*>& attributes) {
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(name);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(builder, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(builder, output);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(builder, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(builder, &TF_ShapeInferenceContextSetUnknownShape);
  const Status status;
  TF_RegisterOpDefinition(builder, status);
  return status.isOk();
}

}  // namespace shapewright

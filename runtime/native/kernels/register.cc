#include "batchNormalization.h"
#include "batchNormalizationGradient.h"
#include "convolutions.h"
#include "depthwise.h"
#include "product.h"
#include "rowLoop.h"
#include "transposedProduct.h"

#include <node_api.h>

static bool registerAll() {
  using namespace shapewright;
  return registerEverywhere<Convolution>("Conv2D") && registerEverywhere<ConvolutionBackpropInput>("Conv2DBackpropInput") &&
         registerEverywhere<ConvolutionBackpropFilter>("Conv2DBackpropFilter") &&
         registerEverywhere<DepthwiseConvolution>("DepthwiseConv2dNative") &&
         registerEverywhere<DepthwiseBackpropInput>("DepthwiseConv2dNativeBackpropInput") &&
         registerEverywhere<DepthwiseBackpropFilter>("DepthwiseConv2dNativeBackpropFilter") &&
         registerEverywhere<BatchNormalization>("FusedBatchNormV3") &&
         registerEverywhere<BatchNormalizationGradient>("FusedBatchNormGradV3") && RowLoop::registerAll() && Product::registerAll() &&
         TransposedProduct::registerAll() && FinishedConvolution::registerAll();
}

// Node.js loads this file as an addon, after TensorFlow: `registered` says whether TensorFlow has taken all kernels.
NAPI_MODULE_INIT() {
  // Once a process: worker threads load the addon, too.
  static const bool registered = registerAll();
  napi_value value;
  napi_get_boolean(env, registered, &value);
  napi_set_named_property(env, exports, "registered", value);
  return exports;
}

/**
 * The ops of which `shapewright/kernels` has a function with types of its own. The code for any other makes its function from
 * the op's definition. A test holds the list against what there is.
 */
export const typedHelpers: ReadonlySet<string> = new Set(
  `abs add affine affineConvolution applyAdagrad applyAdam applyGradientDescent applyMomentum applyRmsProp argMax averagePool
averagePoolGradient barrier batchNormalization batchNormalizationGradient batchNormalizationInTraining broadcastTo cast concat
convolution convolutionBackpropFilter convolutionBackpropInput cos divide dot elu eluGradient equal exp floor foldIn greater
greaterEqual leakyRelu leakyReluGradient less lessEqual log logSoftmax logSumExp max maximum maxPool maxPoolGather
maxPoolGradient mean minimum multiply neg notEqual oneHot pad pow randomNormal randomUniform relu relu6 relu6Gradient
reluGradient reshape select sigmoid sigmoidCrossEntropyWithLogits sigmoidGradient sign sin size slice softmax
softmaxCrossEntropyGradient softmaxCrossEntropyWithLogits sparseSoftmaxCrossEntropyGradient
sparseSoftmaxCrossEntropyWithLogits split sqrt square subtract sum tanh tanhGradient transpose`.split(/\s+/),
);

/** The language: what a model is written with. */

export type { Constraint, NormConstraintOptions } from "./constraints/constraint.js";
export { type MaxNormOptions, maxNorm } from "./constraints/maxNorm.js";
export { type MinMaxNormOptions, minMaxNorm } from "./constraints/minMaxNorm.js";
export { nonNeg } from "./constraints/nonNeg.js";
export { unitNorm } from "./constraints/unitNorm.js";
export { cond } from "./control/cond.js";
export { foriLoop } from "./control/foriLoop.js";
export { type MapOptions, map } from "./control/map.js";
export { type ScanOptions, scan } from "./control/scan.js";
export { switchCase } from "./control/switchCase.js";
export { type WhileLoopOptions, whileLoop } from "./control/whileLoop.js";
export { minus, over, plus, times } from "./dims.js";
export { constantInitializer } from "./initializers/constantInitializer.js";
export type { GainOptions } from "./initializers/gain.js";
export { glorotNormal } from "./initializers/glorotNormal.js";
export { glorotUniform } from "./initializers/glorotUniform.js";
export { heNormal } from "./initializers/heNormal.js";
export { heUniform } from "./initializers/heUniform.js";
export { identityInitializer } from "./initializers/identityInitializer.js";
export type { Initializer } from "./initializers/initializer.js";
export { lecunNormal } from "./initializers/lecunNormal.js";
export { lecunUniform } from "./initializers/lecunUniform.js";
export type { NormalOptions } from "./initializers/normal-numbers.js";
export { ones } from "./initializers/ones.js";
export { orthogonal } from "./initializers/orthogonal.js";
export { randomNormalInitializer } from "./initializers/randomNormalInitializer.js";
export { type RandomUniformOptions, randomUniformInitializer } from "./initializers/randomUniformInitializer.js";
export { type StftInitializerOptions, stftInitializer } from "./initializers/stftInitializer.js";
export { truncatedNormalInitializer } from "./initializers/truncatedNormalInitializer.js";
export { type VarianceScalingOptions, varianceScaling } from "./initializers/varianceScaling.js";
export { zeros } from "./initializers/zeros.js";
export { array, type NdArray } from "./ir/array.js";
export type { DType } from "./ir/dtype.js";
export { type ErrorCode, errorCodes, ShapewrightError } from "./ir/errors.js";
export type { Graph } from "./ir/graph.js";
export type { Random } from "./ir/random.js";
export type { Like, Structure } from "./ir/structure.js";
export type { AnyTensor, Tensor } from "./ir/tensor.js";
/** Types that TypeScript writes into declaration files of those who export layers, losses and blocks. */
export type { KeepShape } from "./layers/activation.js";
export { activation } from "./layers/activation.js";
export { type ActivityRegularizationOptions, activityRegularization } from "./layers/activityRegularization.js";
export type { AdaptivePoolingOptions } from "./layers/adaptive-options.js";
export type { AdaptiveAveragePooling1dRule } from "./layers/adaptiveAveragePooling1d.js";
export { adaptiveAveragePooling1d } from "./layers/adaptiveAveragePooling1d.js";
export type { AdaptiveAveragePooling2dRule } from "./layers/adaptiveAveragePooling2d.js";
export { adaptiveAveragePooling2d } from "./layers/adaptiveAveragePooling2d.js";
export type { AdaptiveAveragePooling3dRule } from "./layers/adaptiveAveragePooling3d.js";
export { adaptiveAveragePooling3d } from "./layers/adaptiveAveragePooling3d.js";
export type { AdaptiveMaxPooling1dRule } from "./layers/adaptiveMaxPooling1d.js";
export { adaptiveMaxPooling1d } from "./layers/adaptiveMaxPooling1d.js";
export type { AdaptiveMaxPooling2dRule } from "./layers/adaptiveMaxPooling2d.js";
export { adaptiveMaxPooling2d } from "./layers/adaptiveMaxPooling2d.js";
export type { AdaptiveMaxPooling3dRule } from "./layers/adaptiveMaxPooling3d.js";
export { adaptiveMaxPooling3d } from "./layers/adaptiveMaxPooling3d.js";
export type { AdditiveAttentionRule } from "./layers/additiveAttention.js";
export { type AdditiveAttentionOptions, additiveAttention } from "./layers/additiveAttention.js";
export { alphaDropout } from "./layers/alphaDropout.js";
export type { AttentionRule } from "./layers/attention.js";
export { attention, type DotAttentionOptions } from "./layers/attention.js";
export type { AttendedBy } from "./layers/attention-inputs.js";
export type { AttentionOptions } from "./layers/attentionLayer.js";
export { type AugMixOptions, augMix } from "./layers/augMix.js";
export { type AutoContrastOptions, autoContrast } from "./layers/autoContrast.js";
export type { AveragePooling1dRule } from "./layers/averagePooling1d.js";
export { averagePooling1d } from "./layers/averagePooling1d.js";
export type { AveragePooling2dRule } from "./layers/averagePooling2d.js";
export { averagePooling2d } from "./layers/averagePooling2d.js";
export type { AveragePooling3dRule } from "./layers/averagePooling3d.js";
export { averagePooling3d } from "./layers/averagePooling3d.js";
export type { BatchNormalizationRule } from "./layers/batchNormalization.js";
export { type BatchNormalizationOptions, batchNormalization } from "./layers/batchNormalization.js";
export type { BidirectionalRule } from "./layers/bidirectional.js";
export { type BidirectionalOptions, bidirectional } from "./layers/bidirectional.js";
export { type BlockRule, block } from "./layers/block.js";
export type { AttentionCache, CachedAttention } from "./layers/cached-attention.js";
export {
  type CachedGroupQueryAttentionOptions,
  cachedGroupQueryAttention,
} from "./layers/cachedGroupQueryAttention.js";
export { type CachedMultiHeadAttentionOptions, cachedMultiHeadAttention } from "./layers/cachedMultiHeadAttention.js";
export type { CategoryEncodingRule, Encoded } from "./layers/categoryEncoding.js";
export { type CategoryEncodingOptions, categoryEncoding, type EncodingMode } from "./layers/categoryEncoding.js";
export type { Cell, CellLike, CellRule } from "./layers/cells/cell.js";
export { type CenterCropOptions, type CenterCropRule, centerCrop } from "./layers/centerCrop.js";
export type { ChannelsRule } from "./layers/channels.js";
export { type LayerConfig, layerConfigs } from "./layers/config.js";
export {
  type ContrastLimitedAdaptiveHistogramEqualizationOptions,
  contrastLimitedAdaptiveHistogramEqualization,
} from "./layers/contrastLimitedAdaptiveHistogramEqualization.js";
export type { Conv1dRule } from "./layers/conv1d.js";
export { type Conv1dOptions, conv1d } from "./layers/conv1d.js";
export type { Conv1dTransposeRule } from "./layers/conv1dTranspose.js";
export { type Conv1dTransposeOptions, conv1dTranspose } from "./layers/conv1dTranspose.js";
export type { Conv2dRule } from "./layers/conv2d.js";
export { type Conv2dOptions, conv2d } from "./layers/conv2d.js";
export type { Conv2dTransposeRule } from "./layers/conv2dTranspose.js";
export { type Conv2dTransposeOptions, conv2dTranspose } from "./layers/conv2dTranspose.js";
export type { Conv3dRule } from "./layers/conv3d.js";
export { type Conv3dOptions, conv3d } from "./layers/conv3d.js";
export type { Conv3dTransposeRule } from "./layers/conv3dTranspose.js";
export { type Conv3dTransposeOptions, conv3dTranspose } from "./layers/conv3dTranspose.js";
export { type ConvLstm1dOptions, convLstm1d } from "./layers/convLstm1d.js";
export { type ConvLstm2dOptions, convLstm2d } from "./layers/convLstm2d.js";
export { type ConvLstm3dOptions, convLstm3d } from "./layers/convLstm3d.js";
export type { Cropping1dRule } from "./layers/cropping1d.js";
export { cropping1d } from "./layers/cropping1d.js";
export type { Cropping2dRule } from "./layers/cropping2d.js";
export { cropping2d } from "./layers/cropping2d.js";
export type { Cropping3dRule } from "./layers/cropping3d.js";
export { cropping3d } from "./layers/cropping3d.js";
export type { DenseRule } from "./layers/dense.js";
export { type DenseOptions, dense } from "./layers/dense.js";
export type { DepthwiseConv1dRule } from "./layers/depthwiseConv1d.js";
export { type DepthwiseConv1dOptions, depthwiseConv1d } from "./layers/depthwiseConv1d.js";
export type { DepthwiseConv2dRule } from "./layers/depthwiseConv2d.js";
export { type DepthwiseConv2dOptions, depthwiseConv2d } from "./layers/depthwiseConv2d.js";
export {
  type DiscretizationMode,
  type DiscretizationOptions,
  type DiscretizationRule,
  discretization,
  type KnownBins,
  type UnknownBins,
} from "./layers/discretization.js";
export { dropout } from "./layers/dropout.js";
export type {
  Cropped1d,
  Cropped2d,
  Cropped3d,
  CroppingOptions,
  ZeroPadded1d,
  ZeroPadded2d,
  ZeroPadded3d,
  ZeroPaddingOptions,
} from "./layers/edges.js";
export type { CheckEinsumDense, EinsumDense } from "./layers/einsum-dense-shape.js";
export type { EinsumDenseRule } from "./layers/einsumDense.js";
export { type EinsumDenseOptions, einsumDense, type OutputSizes } from "./layers/einsumDense.js";
export type { EmbeddingRule } from "./layers/embedding.js";
export { type EmbeddingOptions, embedding } from "./layers/embedding.js";
export { type EqualizationOptions, equalization } from "./layers/equalization.js";
export type { Flatten, FlattenRule } from "./layers/flatten.js";
export { flatten } from "./layers/flatten.js";
export { frozen } from "./layers/frozen.js";
export { gaussianDropout } from "./layers/gaussianDropout.js";
export { gaussianNoise } from "./layers/gaussianNoise.js";
export type { GlobalAveragePooling1dRule } from "./layers/globalAveragePooling1d.js";
export { globalAveragePooling1d } from "./layers/globalAveragePooling1d.js";
export type { GlobalAveragePooling2dRule } from "./layers/globalAveragePooling2d.js";
export { globalAveragePooling2d } from "./layers/globalAveragePooling2d.js";
export type { GlobalAveragePooling3dRule } from "./layers/globalAveragePooling3d.js";
export { globalAveragePooling3d } from "./layers/globalAveragePooling3d.js";
export type { GlobalMaxPooling1dRule } from "./layers/globalMaxPooling1d.js";
export { globalMaxPooling1d } from "./layers/globalMaxPooling1d.js";
export type { GlobalMaxPooling2dRule } from "./layers/globalMaxPooling2d.js";
export { globalMaxPooling2d } from "./layers/globalMaxPooling2d.js";
export type { GlobalMaxPooling3dRule } from "./layers/globalMaxPooling3d.js";
export { globalMaxPooling3d } from "./layers/globalMaxPooling3d.js";
export type {
  GlobalPooling1d,
  GlobalPooling2d,
  GlobalPooling3d,
  GlobalPoolingOptions,
} from "./layers/globalPooling.js";
export type { GroupNormalizationRule } from "./layers/groupNormalization.js";
export { type GroupNormalizationOptions, groupNormalization } from "./layers/groupNormalization.js";
export type { GroupQueryAttention, GroupQueryAttentionRule } from "./layers/groupQueryAttention.js";
export { type GroupQueryAttentionOptions, groupQueryAttention } from "./layers/groupQueryAttention.js";
export { type GruCellOptions, type GruOptions, gru } from "./layers/gru.js";
export { gruCell } from "./layers/gruCell.js";
export { type IdentityRule, identity } from "./layers/identity.js";
export type { Activation, FloatRule, Layer, LayerLike, LayerRule, NamedLayer, WeightedLayer } from "./layers/layer.js";
export { type LayerNormalizationOptions, layerNormalization } from "./layers/layerNormalization.js";
export { type LstmCellOptions, type LstmOptions, type LstmState, lstm } from "./layers/lstm.js";
export { lstmCell } from "./layers/lstmCell.js";
export { type MaskingOptions, masking } from "./layers/masking.js";
export type { MaxPooling1dRule } from "./layers/maxPooling1d.js";
export { maxPooling1d } from "./layers/maxPooling1d.js";
export type { MaxPooling2dRule } from "./layers/maxPooling2d.js";
export { maxPooling2d } from "./layers/maxPooling2d.js";
export type { MaxPooling3dRule } from "./layers/maxPooling3d.js";
export { maxPooling3d } from "./layers/maxPooling3d.js";
export type { MelSpectrogramRule } from "./layers/melSpectrogram.js";
export { type MelSpectrogram, type MelSpectrogramOptions, melSpectrogram } from "./layers/melSpectrogram.js";
export type { MultiHeadAttention, MultiHeadAttentionRule } from "./layers/multiHeadAttention.js";
export { type MultiHeadAttentionOptions, multiHeadAttention } from "./layers/multiHeadAttention.js";
export {
  type KnownStatistics,
  type NormalizationOptions,
  type NormalizationRule,
  normalization,
  type UnknownStatistics,
} from "./layers/normalization.js";
export { parameterCount } from "./layers/parameterCount.js";
export type { PermuteRule } from "./layers/permute.js";
export { permute } from "./layers/permute.js";
export type { PositionEmbedding, PositionEmbeddingRule } from "./layers/positionEmbedding.js";
export { type PositionEmbeddingOptions, positionEmbedding } from "./layers/positionEmbedding.js";
export type { PreluRule } from "./layers/prelu.js";
export { type PreluOptions, prelu } from "./layers/prelu.js";
export { type RandAugmentOptions, randAugment } from "./layers/randAugment.js";
export { type RandomBrightnessOptions, randomBrightness } from "./layers/randomBrightness.js";
export { type RandomColorDegenerationOptions, randomColorDegeneration } from "./layers/randomColorDegeneration.js";
export { type RandomColorJitterOptions, randomColorJitter } from "./layers/randomColorJitter.js";
export { type RandomContrastOptions, randomContrast } from "./layers/randomContrast.js";
export { type RandomCropOptions, type RandomCropRule, randomCrop } from "./layers/randomCrop.js";
export { type RandomElasticTransformOptions, randomElasticTransform } from "./layers/randomElasticTransform.js";
export { type RandomErasingOptions, randomErasing } from "./layers/randomErasing.js";
export { type FlipMode, type RandomFlipOptions, randomFlip } from "./layers/randomFlip.js";
export { type RandomGaussianBlurOptions, randomGaussianBlur } from "./layers/randomGaussianBlur.js";
export { type RandomGrayscaleOptions, randomGrayscale } from "./layers/randomGrayscale.js";
export { type RandomHueOptions, randomHue } from "./layers/randomHue.js";
export { type RandomInvertOptions, randomInvert } from "./layers/randomInvert.js";
export { type RandomPerspectiveOptions, randomPerspective } from "./layers/randomPerspective.js";
export { type RandomPosterizationOptions, randomPosterization } from "./layers/randomPosterization.js";
export { type RandomRotationOptions, randomRotation } from "./layers/randomRotation.js";
export { type RandomSaturationOptions, randomSaturation } from "./layers/randomSaturation.js";
export { type RandomSharpnessOptions, randomSharpness } from "./layers/randomSharpness.js";
export { type RandomShearOptions, randomShear } from "./layers/randomShear.js";
export { type RandomTranslationOptions, randomTranslation } from "./layers/randomTranslation.js";
export { type RandomZoomOptions, randomZoom } from "./layers/randomZoom.js";
export type { ConvLstmRule, ConvLstmState } from "./layers/recurrent/frames.js";
export type { RecurrentOptions, RecurrentRule, StepOptions } from "./layers/recurrent/options.js";
export type { RelativePositionBias, RelativePositionBiasRule } from "./layers/relativePositionBias.js";
export { type RelativePositionBiasOptions, relativePositionBias } from "./layers/relativePositionBias.js";
export type { RepeatVectorRule } from "./layers/repeatVector.js";
export { repeatVector } from "./layers/repeatVector.js";
export { type RescalingOptions, type RescalingRule, rescaling } from "./layers/rescaling.js";
export type { ReshapeRule } from "./layers/reshape.js";
export { reshape } from "./layers/reshape.js";
export type { ResizingRule } from "./layers/resizing.js";
export { type ResizingOptions, resizing } from "./layers/resizing.js";
export {
  type ReversibleEmbedding,
  type ReversibleEmbeddingOptions,
  reversibleEmbedding,
} from "./layers/reversibleEmbedding.js";
export { type RmsNormalizationOptions, rmsNormalization } from "./layers/rmsNormalization.js";
export type { RnnRule } from "./layers/rnn.js";
export { type RnnOptions, rnn } from "./layers/rnn.js";
export type { CellWeights, OwnCellRule, StateSizes } from "./layers/rnnCell.js";
export { type RnnCellOptions, rnnCell } from "./layers/rnnCell.js";
export type { SeparableConv1dRule } from "./layers/separableConv1d.js";
export { type SeparableConv1dOptions, separableConv1d } from "./layers/separableConv1d.js";
export type { SeparableConv2dRule } from "./layers/separableConv2d.js";
export { type SeparableConv2dOptions, separableConv2d } from "./layers/separableConv2d.js";
export { type KeepOneRule, sequential } from "./layers/sequential.js";
export { simpleRnn } from "./layers/simpleRnn.js";
export { simpleRnnCell } from "./layers/simpleRnnCell.js";
export type { ComparedWith, SingleAttentionOptions } from "./layers/single-attention.js";
export { type SolarizationOptions, solarization } from "./layers/solarization.js";
export type { SpatialDropout1dRule } from "./layers/spatialDropout1d.js";
export { spatialDropout1d } from "./layers/spatialDropout1d.js";
export type { SpatialDropout2dRule } from "./layers/spatialDropout2d.js";
export { spatialDropout2d } from "./layers/spatialDropout2d.js";
export type { SpatialDropout3dRule } from "./layers/spatialDropout3d.js";
export { spatialDropout3d } from "./layers/spatialDropout3d.js";
export type { SpectralNormalizationRule } from "./layers/spectralNormalization.js";
export { type SpectralNormalizationOptions, spectralNormalization } from "./layers/spectralNormalization.js";
export type { StackedCellsRule } from "./layers/stackedRnnCells.js";
export { stackedRnnCells } from "./layers/stackedRnnCells.js";
export type { SpectrogramMode, StftSpectrogram, StftSpectrogramRule } from "./layers/stftSpectrogram.js";
export { type StftSpectrogramOptions, stftSpectrogram } from "./layers/stftSpectrogram.js";
export type { AllSteps, OneStep, TimeDistributedRule } from "./layers/timeDistributed.js";
export { timeDistributed } from "./layers/timeDistributed.js";
export type { UnitNormalizationRule } from "./layers/unitNormalization.js";
export { type UnitNormalizationOptions, unitNormalization } from "./layers/unitNormalization.js";
export type { UpSampled1d, UpSampled2d, UpSampled3d, UpSamplingOptions } from "./layers/upSampling.js";
export type { UpSampling1dRule } from "./layers/upSampling1d.js";
export { upSampling1d } from "./layers/upSampling1d.js";
export type { UpSampling2dRule } from "./layers/upSampling2d.js";
export { type UpSampling2dOptions, upSampling2d } from "./layers/upSampling2d.js";
export type { UpSampling3dRule } from "./layers/upSampling3d.js";
export { upSampling3d } from "./layers/upSampling3d.js";
export type { ZeroPadding1dRule } from "./layers/zeroPadding1d.js";
export { zeroPadding1d } from "./layers/zeroPadding1d.js";
export type { ZeroPadding2dRule } from "./layers/zeroPadding2d.js";
export { zeroPadding2d } from "./layers/zeroPadding2d.js";
export type { ZeroPadding3dRule } from "./layers/zeroPadding3d.js";
export { zeroPadding3d } from "./layers/zeroPadding3d.js";
export type { AlongAxis, AlongAxisOptions } from "./losses/alongAxis.js";
export { type BinaryCrossentropyOptions, binaryCrossentropy } from "./losses/binaryCrossentropy.js";
export { type BinaryFocalCrossentropyOptions, binaryFocalCrossentropy } from "./losses/binaryFocalCrossentropy.js";
export { type CategoricalCrossentropyOptions, categoricalCrossentropy } from "./losses/categoricalCrossentropy.js";
export {
  type CategoricalFocalCrossentropyOptions,
  categoricalFocalCrossentropy,
} from "./losses/categoricalFocalCrossentropy.js";
export {
  type CategoricalGeneralizedCrossEntropyOptions,
  categoricalGeneralizedCrossEntropy,
} from "./losses/categoricalGeneralizedCrossEntropy.js";
export { categoricalHinge } from "./losses/categoricalHinge.js";
export type { LabelsOfVectors } from "./losses/circle.js";
export { type CircleOptions, circle } from "./losses/circle.js";
export type { SameTargets } from "./losses/comparing.js";
export { cosineSimilarity } from "./losses/cosineSimilarity.js";
export type { LabelSequences } from "./losses/ctc.js";
export { ctc } from "./losses/ctc.js";
export { dice } from "./losses/dice.js";
export { hinge } from "./losses/hinge.js";
export { type HuberOptions, huber } from "./losses/huber.js";
export { klDivergence } from "./losses/klDivergence.js";
export { logCosh } from "./losses/logCosh.js";
export type { Loss, TargetRule } from "./losses/loss.js";
export { lossOf, type OwnTargets } from "./losses/lossOf.js";
export { meanAbsoluteError } from "./losses/meanAbsoluteError.js";
export { meanAbsolutePercentageError } from "./losses/meanAbsolutePercentageError.js";
export { meanSquaredError } from "./losses/meanSquaredError.js";
export { meanSquaredLogarithmicError } from "./losses/meanSquaredLogarithmicError.js";
export type { OverlapOptions, Overlapping } from "./losses/overlap.js";
export { poisson } from "./losses/poisson.js";
export {
  type SparseCategoricalCrossentropyOptions,
  sparseCategoricalCrossentropy,
} from "./losses/sparseCategoricalCrossentropy.js";
export type { SparseTargets } from "./losses/sparseTargets.js";
export { squaredHinge } from "./losses/squaredHinge.js";
export { type TverskyOptions, tversky } from "./losses/tversky.js";
export { accuracy } from "./metrics/accuracy.js";
export type { AucCurve, SummationMethod } from "./metrics/areaUnder.js";
export { type AucOptions, auc } from "./metrics/auc.js";
export type { BestAtOptions } from "./metrics/bestAt.js";
export { type BinaryAccuracyOptions, binaryAccuracy } from "./metrics/binaryAccuracy.js";
export { type BinaryIoUOptions, binaryIoU } from "./metrics/binaryIoU.js";
export { categoricalAccuracy } from "./metrics/categoricalAccuracy.js";
export { concordanceCorrelation } from "./metrics/concordanceCorrelation.js";
export { confusionMatrix } from "./metrics/confusionMatrix.js";
export type { CorrelationOptions } from "./metrics/correlation.js";
export type { CountOptions } from "./metrics/countMetric.js";
export { f1Score } from "./metrics/f1Score.js";
export { falseNegatives } from "./metrics/falseNegatives.js";
export { falsePositives } from "./metrics/falsePositives.js";
export type { F1Options, FAverage, FBetaOptions, FValue } from "./metrics/fBeta.js";
export { fBetaScore } from "./metrics/fBetaScore.js";
export type { TopKOptions } from "./metrics/firstOf.js";
export { type IoUOptions, iou } from "./metrics/iou.js";
export { meanCosineSimilarity } from "./metrics/meanCosineSimilarity.js";
export { meanIoU } from "./metrics/meanIoU.js";
export type { MeanMetric, Metric, MetricContext, NameOption, TotalsMetric } from "./metrics/metric.js";
export { metricOf, type Reported, type Takes, type TotalsOf } from "./metrics/metricOf.js";
export type { OfClasses } from "./metrics/outcomes.js";
export type { MeanIoUOptions } from "./metrics/overlap.js";
export { pearsonCorrelation } from "./metrics/pearsonCorrelation.js";
export { precision } from "./metrics/precision.js";
export { precisionAtRecall } from "./metrics/precisionAtRecall.js";
export { type ClassAggregation, type R2Options, r2Score } from "./metrics/r2Score.js";
export { recall } from "./metrics/recall.js";
export { recallAtPrecision } from "./metrics/recallAtPrecision.js";
export { rootMeanSquaredError } from "./metrics/rootMeanSquaredError.js";
export { sensitivityAtSpecificity } from "./metrics/sensitivityAtSpecificity.js";
export type { ShareOptions } from "./metrics/shareMetric.js";
export { sparseCategoricalAccuracy } from "./metrics/sparseCategoricalAccuracy.js";
export { sparseTopKCategoricalAccuracy } from "./metrics/sparseTopKCategoricalAccuracy.js";
export { specificityAtSensitivity } from "./metrics/specificityAtSensitivity.js";
export type { AtThresholds } from "./metrics/thresholds.js";
export { topKCategoricalAccuracy } from "./metrics/topKCategoricalAccuracy.js";
export { trueNegatives } from "./metrics/trueNegatives.js";
export { truePositives } from "./metrics/truePositives.js";

export { type Model, model, type Outputs } from "./model.js";
export type { DiagSide } from "./ops/diag.js";
export * from "./ops/index.js";
export type { Meshgrid } from "./ops/meshgrid.js";
export type { Diagonal } from "./ops/shared/diagonal-shape.js";
export type { AtPlaces } from "./ops/shared/places-shape.js";
export type { AdaptivePooling1d, AdaptivePooling2d, AdaptivePooling3d } from "./ops/shared/windows/adaptive-shapes.js";
export type { PaddingAt, SizeAt } from "./ops/shared/windows/sizes.js";
export type { Transposed1d, Transposed2d, Transposed3d } from "./ops/shared/windows/transposed-shapes.js";
export type { Windows1d, Windows2d, Windows3d } from "./ops/shared/windows/window-shapes.js";
export { accumulateGradients } from "./optimizers/accumulateGradients.js";
export { type AdadeltaOptions, adadelta } from "./optimizers/adadelta.js";
export { type AdafactorOptions, adafactor } from "./optimizers/adafactor.js";
export { type AdagradOptions, adagrad } from "./optimizers/adagrad.js";
export { type AdamOptions, adam } from "./optimizers/adam.js";
export { type AdamaxOptions, adamax } from "./optimizers/adamax.js";
export { type AdamwOptions, adamw } from "./optimizers/adamw.js";
export { type AveragedWeightsOptions, averagedWeights } from "./optimizers/averagedWeights.js";
export { clipByGlobalNorm } from "./optimizers/clipByGlobalNorm.js";
export { clipByNorm } from "./optimizers/clipByNorm.js";
export { clipByValue } from "./optimizers/clipByValue.js";
export { type FtrlOptions, ftrl } from "./optimizers/ftrl.js";
export { type LambOptions, lamb } from "./optimizers/lamb.js";
export { type LionOptions, lion } from "./optimizers/lion.js";
export { type MuonOptions, muon } from "./optimizers/muon.js";
export { type NadamOptions, nadam } from "./optimizers/nadam.js";
export type { NamePattern } from "./optimizers/names.js";
export type { Kept, Optimizer } from "./optimizers/optimizer.js";
export { optimizers } from "./optimizers/optimizers.js";
export { rates } from "./optimizers/rates.js";
export { type RmspropOptions, rmsprop } from "./optimizers/rmsprop.js";
export { type ScheduleFreeAdamwOptions, scheduleFreeAdamw } from "./optimizers/scheduleFreeAdamw.js";
export { type CosineDecayOptions, cosineDecay } from "./optimizers/schedules/cosineDecay.js";
export { type CosineDecayRestartsOptions, cosineDecayRestarts } from "./optimizers/schedules/cosineDecayRestarts.js";
export { type DecayOptions, exponentialDecay } from "./optimizers/schedules/exponentialDecay.js";
export { inverseTimeDecay } from "./optimizers/schedules/inverseTimeDecay.js";
export { type OneCycleOptions, oneCycle } from "./optimizers/schedules/oneCycle.js";
export { piecewiseConstantDecay } from "./optimizers/schedules/piecewiseConstantDecay.js";
export { type PolynomialDecayOptions, polynomialDecay } from "./optimizers/schedules/polynomialDecay.js";
export type { LearningRate, Schedule } from "./optimizers/schedules/schedule.js";
export { type SgdOptions, sgd } from "./optimizers/sgd.js";
export { type WeightDecayOptions, weightDecay } from "./optimizers/weightDecay.js";
export { l1 } from "./regularizers/l1.js";
export { type L1L2Options, l1l2 } from "./regularizers/l1l2.js";
export { l2 } from "./regularizers/l2.js";
export { type OrthogonalRegularizerOptions, orthogonalRegularizer } from "./regularizers/orthogonalRegularizer.js";
export type { Regularizer } from "./regularizers/regularizer.js";
export { trainableVariables } from "./trainableVariables.js";
/** Types that appear in the shapes of generic blocks. */
export type {
  AddDims,
  Ceil,
  CeilDivideDims,
  Floor,
  FloorDivideDims,
  Minus,
  MultiplyDims,
  Plus,
  SubtractDims,
  Times,
} from "./types/arithmetic.js";
export type { DimAt, InsertAxis, ReplaceAxis, UnknownDims } from "./types/axis.js";
export type { Broadcast } from "./types/broadcast.js";
export type { Dim, Shape, SplitLast } from "./types/dim.js";
export type { ProductOf } from "./types/product.js";
export type { InferReshape } from "./types/reshape.js";
export type { TransposedSize } from "./types/transposed-window.js";
export type { WindowSize } from "./types/window.js";

/**
 * The options of each layer class beside those that every layer has, as `test/options/make_signatures.ts` finds them in
 * the types.
 *
 * @module
 */

/** The names of options, with spaces between, by class. */
export const OPTION_NAMES: { readonly [className: string]: string } = {
  Activation: "",
  ActivityRegularization: "l1 l2",
  AdaptiveAveragePooling1D: "dataFormat outputSize",
  AdaptiveAveragePooling2D: "dataFormat outputSize",
  AdaptiveAveragePooling3D: "dataFormat outputSize",
  AdaptiveMaxPooling1D: "dataFormat outputSize",
  AdaptiveMaxPooling2D: "dataFormat outputSize",
  AdaptiveMaxPooling3D: "dataFormat outputSize",
  Add: "",
  AdditiveAttention: "dropout seed useScale",
  AlphaDropout: "noiseShape seed",
  Attention: "dropout scoreMode seed useScale",
  Average: "",
  AveragePooling1D: "dataFormat padding poolSize strides",
  AveragePooling2D: "dataFormat padding poolSize strides",
  AveragePooling3D: "dataFormat padding poolSize strides",
  AvgPool1D: "dataFormat padding poolSize strides",
  AvgPool2D: "dataFormat padding poolSize strides",
  AvgPool3D: "dataFormat padding poolSize strides",
  BaseConv:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate groups kernelConstraint kernelInitializer kernelRegularizer padding strides useBias",
  BaseConvLayer:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate kernelConstraint kernelInitializer kernelRegularizer padding strides useBias",
  BaseConvTranspose:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate kernelConstraint kernelInitializer kernelRegularizer outputPadding padding strides useBias",
  BaseDepthwiseConv:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat depthMultiplier depthwiseConstraint depthwiseInitializer depthwiseRegularizer dilationRate padding strides useBias",
  BaseSeparableConv:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat depthMultiplier depthwiseConstraint depthwiseInitializer depthwiseRegularizer dilationRate padding pointwiseConstraint pointwiseInitializer pointwiseRegularizer strides useBias",
  BatchNormalization:
    "axis betaConstraint betaInitializer betaRegularizer center epsilon gammaConstraint gammaInitializer gammaRegularizer momentum movingMeanInitializer movingVarianceInitializer scale",
  Bidirectional: "backwardLayer mergeMode",
  CategoryEncoding: "outputMode",
  CenterCrop: "dataFormat",
  Concatenate: "axis",
  Conv1D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate groups kernelConstraint kernelInitializer kernelRegularizer padding strides useBias",
  Conv1DTranspose:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate kernelConstraint kernelInitializer kernelRegularizer outputPadding padding strides useBias",
  Conv2D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate groups kernelConstraint kernelInitializer kernelRegularizer padding strides useBias",
  Conv2DTranspose:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate kernelConstraint kernelInitializer kernelRegularizer outputPadding padding strides useBias",
  Conv3D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate groups kernelConstraint kernelInitializer kernelRegularizer padding strides useBias",
  Conv3DTranspose:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate kernelConstraint kernelInitializer kernelRegularizer outputPadding padding strides useBias",
  ConvLSTM1D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate dropout goBackwards kernelConstraint kernelInitializer kernelRegularizer padding recurrentActivation recurrentConstraint recurrentDropout recurrentInitializer recurrentRegularizer returnSequences returnState seed stateful strides unitForgetBias unroll useBias zeroOutputForMask",
  ConvLSTM2D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate dropout goBackwards kernelConstraint kernelInitializer kernelRegularizer padding recurrentActivation recurrentConstraint recurrentDropout recurrentInitializer recurrentRegularizer returnSequences returnState seed stateful strides unitForgetBias unroll useBias zeroOutputForMask",
  ConvLSTM3D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate dropout goBackwards kernelConstraint kernelInitializer kernelRegularizer padding recurrentActivation recurrentConstraint recurrentDropout recurrentInitializer recurrentRegularizer returnSequences returnState seed stateful strides unitForgetBias unroll useBias zeroOutputForMask",
  Convolution1D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate groups kernelConstraint kernelInitializer kernelRegularizer padding strides useBias",
  Convolution1DTranspose:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate kernelConstraint kernelInitializer kernelRegularizer outputPadding padding strides useBias",
  Convolution2D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate groups kernelConstraint kernelInitializer kernelRegularizer padding strides useBias",
  Convolution2DTranspose:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate kernelConstraint kernelInitializer kernelRegularizer outputPadding padding strides useBias",
  Convolution3D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate groups kernelConstraint kernelInitializer kernelRegularizer padding strides useBias",
  Convolution3DTranspose:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat dilationRate kernelConstraint kernelInitializer kernelRegularizer outputPadding padding strides useBias",
  Cropping1D: "cropping",
  Cropping2D: "cropping dataFormat",
  Cropping3D: "cropping dataFormat",
  Dense:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer inputDim kernelConstraint kernelInitializer kernelRegularizer useBias",
  DepthwiseConv1D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat depthMultiplier depthwiseConstraint depthwiseInitializer depthwiseRegularizer dilationRate padding strides useBias",
  DepthwiseConv2D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat depthMultiplier depthwiseConstraint depthwiseInitializer depthwiseRegularizer dilationRate padding strides useBias",
  Discretization: "binBoundaries epsilon numBins outputMode",
  Dot: "normalize",
  Dropout: "noiseShape seed",
  ELU: "alpha",
  EinsumDense:
    "activation activityRegularizer biasAxes biasConstraint biasInitializer biasRegularizer kernelConstraint kernelInitializer kernelRegularizer",
  Embedding: "embeddingsConstraint embeddingsInitializer embeddingsRegularizer maskZero",
  FlatAttention: "dropout seed useScale",
  Flatten: "dataFormat",
  GRU:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dropout goBackwards kernelConstraint kernelInitializer kernelRegularizer recurrentActivation recurrentConstraint recurrentDropout recurrentInitializer recurrentRegularizer resetAfter returnSequences returnState seed stateful unroll useBias zeroOutputForMask",
  GRUCell:
    "activation biasConstraint biasInitializer biasRegularizer dropout kernelConstraint kernelInitializer kernelRegularizer recurrentActivation recurrentConstraint recurrentDropout recurrentInitializer recurrentRegularizer resetAfter seed useBias",
  GaussianDropout: "seed",
  GaussianNoise: "seed",
  GlobalAveragePooling1D: "dataFormat keepDims",
  GlobalAveragePooling2D: "dataFormat keepDims",
  GlobalAveragePooling3D: "dataFormat keepDims",
  GlobalAvgPool1D: "dataFormat keepDims",
  GlobalAvgPool2D: "dataFormat keepDims",
  GlobalAvgPool3D: "dataFormat keepDims",
  GlobalMaxPool1D: "dataFormat keepDims",
  GlobalMaxPool2D: "dataFormat keepDims",
  GlobalMaxPool3D: "dataFormat keepDims",
  GlobalMaxPooling1D: "dataFormat keepDims",
  GlobalMaxPooling2D: "dataFormat keepDims",
  GlobalMaxPooling3D: "dataFormat keepDims",
  GroupNormalization:
    "axis betaConstraint betaInitializer betaRegularizer center epsilon gammaConstraint gammaInitializer gammaRegularizer groups scale",
  GroupQueryAttention:
    "activityRegularizer biasConstraint biasInitializer biasRegularizer dropout kernelConstraint kernelInitializer kernelRegularizer seed slidingWindow useBias useGate",
  Hashing: "maskValue outputMode salt",
  HeadedAttention:
    "activityRegularizer biasConstraint biasInitializer biasRegularizer dropout kernelConstraint kernelInitializer kernelRegularizer seed slidingWindow useBias useGate",
  Identity: "",
  ImageLayer: "dataFormat",
  IndexLookup: "idfWeights invert maskToken maxTokens numOovIndices oovToken outputMode padToMaxTokens vocabulary",
  InputLayer: "inputTensor shape",
  IntegerLookup: "idfWeights invert maskToken maxTokens numOovIndices oovToken outputMode padToMaxTokens vocabulary",
  LSTM:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dropout goBackwards kernelConstraint kernelInitializer kernelRegularizer recurrentActivation recurrentConstraint recurrentDropout recurrentInitializer recurrentRegularizer returnSequences returnState seed stateful unitForgetBias unroll useBias zeroOutputForMask",
  LSTMCell:
    "activation biasConstraint biasInitializer biasRegularizer dropout kernelConstraint kernelInitializer kernelRegularizer recurrentActivation recurrentConstraint recurrentDropout recurrentInitializer recurrentRegularizer seed unitForgetBias useBias",
  Lambda: "mask",
  LayerNormalization:
    "axis betaConstraint betaInitializer betaRegularizer center epsilon gammaConstraint gammaInitializer gammaRegularizer rmsScaling scale",
  LeakyReLU: "negativeSlope",
  Masking: "maskValue",
  MaxPool1D: "dataFormat padding poolSize strides",
  MaxPool2D: "dataFormat padding poolSize strides",
  MaxPool3D: "dataFormat padding poolSize strides",
  MaxPooling1D: "dataFormat padding poolSize strides",
  MaxPooling2D: "dataFormat padding poolSize strides",
  MaxPooling3D: "dataFormat padding poolSize strides",
  Maximum: "",
  Merge: "",
  Minimum: "",
  MultiHeadAttention:
    "activityRegularizer attentionAxes biasConstraint biasInitializer biasRegularizer dropout kernelConstraint kernelInitializer kernelRegularizer outputShape seed slidingWindow useBias useGate valueDim",
  Multiply: "",
  Normalization: "axis invert mean variance",
  PReLU: "alphaConstraint alphaInitializer alphaRegularizer sharedAxes",
  Permute: "",
  RMSNormalization: "axis epsilon",
  RNN: "activityRegularizer goBackwards returnSequences returnState stateful unroll zeroOutputForMask",
  ReLU: "maxValue negativeSlope threshold",
  RepeatVector: "",
  Rescaling: "offset",
  Reshape: "",
  Resizing: "antialias cropToAspectRatio dataFormat fillMode fillValue interpolation padToAspectRatio",
  ReversibleEmbedding:
    "embeddingsConstraint embeddingsInitializer embeddingsRegularizer logitSoftCap maskZero reverseDtype tieWeights",
  SeparableConv1D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat depthMultiplier depthwiseConstraint depthwiseInitializer depthwiseRegularizer dilationRate padding pointwiseConstraint pointwiseInitializer pointwiseRegularizer strides useBias",
  SeparableConv2D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat depthMultiplier depthwiseConstraint depthwiseInitializer depthwiseRegularizer dilationRate padding pointwiseConstraint pointwiseInitializer pointwiseRegularizer strides useBias",
  SeparableConvolution1D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat depthMultiplier depthwiseConstraint depthwiseInitializer depthwiseRegularizer dilationRate padding pointwiseConstraint pointwiseInitializer pointwiseRegularizer strides useBias",
  SeparableConvolution2D:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dataFormat depthMultiplier depthwiseConstraint depthwiseInitializer depthwiseRegularizer dilationRate padding pointwiseConstraint pointwiseInitializer pointwiseRegularizer strides useBias",
  Sequential: "",
  SimpleRNN:
    "activation activityRegularizer biasConstraint biasInitializer biasRegularizer dropout goBackwards kernelConstraint kernelInitializer kernelRegularizer recurrentConstraint recurrentDropout recurrentInitializer recurrentRegularizer returnSequences returnState seed stateful unroll useBias zeroOutputForMask",
  SimpleRNNCell:
    "activation biasConstraint biasInitializer biasRegularizer dropout kernelConstraint kernelInitializer kernelRegularizer recurrentConstraint recurrentDropout recurrentInitializer recurrentRegularizer seed useBias",
  Softmax: "axis",
  SpatialDropout: "dataFormat seed",
  SpatialDropout1D: "seed",
  SpatialDropout2D: "dataFormat seed",
  SpatialDropout3D: "dataFormat seed",
  SpectralNormalization: "powerIterations",
  StackedRNNCells: "",
  StringLookup: "idfWeights invert maskToken maxTokens numOovIndices oovToken outputMode padToMaxTokens vocabulary",
  Subtract: "",
  TimeDistributed: "",
  UnitNormalization: "axis",
  UpSampling1D: "size",
  UpSampling2D: "dataFormat interpolation size",
  UpSampling3D: "dataFormat size",
  Wrapper: "",
  ZeroPadding1D: "dataFormat padding",
  ZeroPadding2D: "dataFormat padding",
  ZeroPadding3D: "dataFormat padding",
};

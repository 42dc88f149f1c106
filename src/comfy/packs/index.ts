// chromask's own packs: the names of their nodes, with other spellings, and their files. A file loads when one of
// its nodes is first needed. test/packs.test.ts compares these names with the files.
import { from } from './from.js';
import { furtherPacks } from './further.js';
import { layerstylePacks } from './layerstyle/packs.js';
import { smallPacks } from './small.js';
import { valuePacks } from './values.js';

export const packs = {
  core: from(
    'core',
    [
      ...['LoadImage', 'LoadImageMask', 'ImageToMask', 'MaskToImage', 'ImageColorToMask', 'SolidMask', 'InvertMask'],
      ...['CropMask', 'MaskComposite', 'FeatherMask', 'GrowMask', 'ThresholdMask', 'SplitImageWithAlpha'],
      ...['JoinImageWithAlpha', 'SetLatentNoiseMask', 'PreviewImage', 'SaveImage', 'MaskPreview'],
      ...['PrimitiveInt', 'PrimitiveFloat', 'PrimitiveBoolean', 'PrimitiveString', 'PrimitiveStringMultiline'],
      ...['ComfyMathExpression'],
    ],
    () => import('./core/index.js'),
  ),

  pictures: from(
    'core',
    [
      ...['ImageScale', 'ImageScaleBy', 'ImageScaleToTotalPixels', 'ImageScaleToMaxDimension', 'EmptyImage'],
      ...['ImageInvert', 'ImageCrop', 'ImageFlip', 'ImageRotate', 'ImageBatch', 'ImageFromBatch'],
      ...['RepeatImageBatch', 'GetImageSize', 'ImageBlur', 'ImageCompositeMasked', 'ImagePadForOutpaint'],
      ...['PorterDuffImageComposite', 'InpaintPreprocessor', 'InvertMask (segment anything)'],
    ],
    () => import('./core/pictures.js'),
  ),

  was: from(
    'WAS',
    [
      ...['Image to Latent Mask', 'Masks Add', 'Masks Subtract', 'Mask Invert', 'Masks Combine Regions'],
      ...['Masks Combine Batch', 'Mask Batch', 'Mask Batch to Mask', 'Mask Dominant Region', 'Mask Minority Region'],
      ...['Mask Crop Dominant Region', 'Mask Crop Minority Region', 'Mask Crop Region', 'Mask Fill Holes'],
      ...[
        'Mask Threshold Region',
        'Mask Floor Region',
        'Mask Ceiling Region',
        'Mask Smooth Region',
        'Mask Gaussian Region',
      ],
      ...['Mask Dilate Region', 'Mask Erode Region', 'Mask Rect Area', 'Mask Rect Area (Advanced)'],
    ],
    () => import('./was/index.js'),
  ),

  impact: from(
    'Impact',
    [
      ...['ToBinaryMask', 'AddMask', 'SubtractMask', 'BitwiseAndMask'],
      ...['ImpactFlattenMask', 'ImpactDilateMask', 'ImpactGaussianBlurMask', 'MasksToMaskList'],
      ...['MaskListToMaskBatch', 'ImpactMakeMaskList', 'ImpactMakeMaskBatch', 'ImpactMakeImageBatch'],
      ...['ImpactSwitch', 'ImageMaskSwitch', 'RemoveNoiseMask'],
    ],
    () => import('./impact/index.js'),
  ),

  impactSegments: from(
    'Impact',
    [
      ...['MaskToSEGS', 'SegsToCombinedMask', 'SegsMaskCombine', 'ImpactSEGSToMaskList', 'ImpactSEGSToMaskBatch'],
      ...['ImpactSegsAndMask', 'Segs & Mask', 'ImpactSegsAndMaskForEach', 'ImpactDilateMaskInSEGS'],
      ...['ImpactGaussianBlurMaskInSEGS'],
    ],
    () => import('./impact/segments.js'),
  ),

  kjnodes: from(
    'KJNodes',
    [
      ...['GrowMaskWithBlur', 'OffsetMask', 'ResizeMask', 'ColorToMask', 'RemapMaskRange', 'RoundMask'],
      ...['GetMaskSizeAndCount', 'BlockifyMask', 'ConsolidateMasksKJ', 'MaskBatchMulti', 'DrawMaskOnImage'],
    ],
    () => import('./kjnodes/index.js'),
  ),

  kjnodesMade: from(
    'KJNodes',
    [...['CreateShapeMask', 'CreateGradientMask', 'CreateFadeMask', 'INTConstant', 'FloatConstant']],
    () => import('./kjnodes/made.js'),
  ),

  kjnodesPictures: from(
    'KJNodes',
    [...['ImageResizeKJv2', 'GetImagesFromBatchIndexed']],
    () => import('./kjnodes/pictures.js'),
  ),

  essentials: from(
    'essentials',
    [
      ...['MaskBlur+', 'MaskSmooth+', 'MaskFix+', 'MaskFlip+', 'MaskBoundingBox+', 'MaskPreview+'],
      ...['MaskFromColor+', 'MaskFromRGBCMYBW+', 'MaskFromList+'],
    ],
    () => import('./essentials/index.js'),
  ),

  essentialsSized: from(
    'essentials',
    [
      ...['MaskBatch+', 'MaskExpandBatch+', 'MaskFromBatch+'],
      ...['ImageResize+', 'ImageRemoveAlpha+', 'TransitionMask+', 'ImageBatchToList+'],
    ],
    () => import('./essentials/sized.js'),
  ),

  inpaint: from(
    'inpaint',
    [
      ...['INPAINT_MaskedFill', 'INPAINT_MaskedBlur', 'INPAINT_ExpandMask', 'INPAINT_ShrinkMask'],
      ...['INPAINT_StabilizeMask', 'INPAINT_DenoiseToCompositingMask', 'INPAINT_MaskBoundingBox'],
    ],
    () => import('./inpaint/index.js'),
  ),

  masquerade: from(
    'masquerade',
    [
      ...['Mask Morphology', 'Combine Masks', 'Unary Mask Op', 'Unary Image Op', 'Image To Mask', 'Constant Mask'],
      ...['Create Rect Mask', 'Prune By Mask', 'Mix Images By Mask', 'Mix Color By Mask', 'Blur', 'Make Image Batch'],
      ...['Change Channel Count', 'Convert Color Space', 'Get Image Size', 'MasqueradeIncrementer'],
    ],
    () => import('./masquerade/index.js'),
  ),

  masqueradeRegions: from(
    'masquerade',
    [...['Mask To Region', 'Cut By Mask', 'Paste By Mask', 'Separate Mask Components']],
    () => import('./masquerade/regions.js'),
  ),

  separate: from('KJNodes', ['SeparateMasks'], () => import('./kjnodes/separate.js')),

  segmentation: from('essentials', ['MaskFromSegmentation+'], () => import('./essentials/segmentation.js')),

  cropAndStitch: from('CropAndStitch', ['InpaintCropImproved'], () => import('./cropandstitch/index.js')),

  stitch: from('CropAndStitch', ['InpaintStitchImproved'], () => import('./cropandstitch/stitch.js')),

  kjnodesBeside: from(
    'KJNodes',
    [
      ...['ImageConcanate', 'ImageConcatMulti', 'ImageBatchMulti', 'GetImageRangeFromBatch', 'GetImageSizeAndCount'],
      ...['ImageResizeKJ', 'StringConstant', 'StringConstantMultiline', 'BOOLConstant', 'JoinStrings'],
    ],
    () => import('./kjnodes/batches.js'),
  ),

  kjnodesCrops: from(
    'KJNodes',
    ['BatchCropFromMaskAdvanced', 'BatchUncropAdvanced'],
    () => import('./kjnodes/crops.js'),
  ),

  regional: from(
    'Inspire',
    ['ColorMaskToDepthMask //Inspire', 'ColorMaskToDepthMask __Inspire'],
    () => import('./inspire/regional.js'),
  ),

  various: from(
    'various',
    ['ETN_ApplyMaskToImage', 'ICLightApplyMaskGrey', 'CompositeImages_', 'SwitchByIndex'],
    () => import('./various/index.js'),
  ),

  bridge: from('Impact', ['PreviewBridge'], () => import('./impact/bridge.js')),

  inspire: from(
    'Inspire',
    [
      ...['ColorMapToMasks __Inspire', 'ColorMapToMasks //Inspire', 'ColorMapToMasks'],
      ...['SelectNthMask __Inspire', 'SelectNthMask //Inspire', 'SelectNthMask'],
    ],
    () => import('./inspire/index.js'),
  ),

  ...furtherPacks,
  ...layerstylePacks,
  ...valuePacks,
  ...smallPacks,
};

type Intersection<U> = (U extends unknown ? (one: U) => void : never) extends (one: infer I) => void ? I : never;
type Packs = typeof packs;

/** Every node by its name; used for types only. */
export type Nodes = Intersection<{ [P in keyof Packs]: Awaited<ReturnType<Packs[P]['load']>>['nodes'] }[keyof Packs]>;

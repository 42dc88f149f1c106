// Packs of which workflows use only a few nodes: their names and files.
import { from } from './from.js';

export const furtherPacks = {
  jake: from(
    'JakeUpgrade',
    [
      ...['CR Boolean JK', 'CR Int Input Switch JK', 'CR Float Input Switch JK', 'CR Text Input Switch JK'],
      ...['CR Image Input Switch JK', 'CR Mask Input Switch JK', 'CR Aspect Ratio JK', 'Remove Input JK'],
      ...['Is Mask Empty JK', 'Empty Latent Color JK', 'Image Crop by Mask Params JK', 'Bool Binary And JK'],
      ...['Bool Binary OR JK', 'CM_BoolUnaryOperation JK', 'CM_BoolBinaryOperation JK', 'CM_BoolToInt JK'],
      ...['CM_IntToBool JK', 'CM_IntUnaryOperation JK', 'CM_IntUnaryCondition JK', 'CM_IntBinaryOperation JK'],
      'Evaluate Ints JK',
    ],
    () => import('./jake/index.js'),
  ),

  jakeHint: from('JakeUpgrade', ['HintImageEnchance JK'], () => import('./jake/hint.js')),

  jakeGrading: from('JakeUpgrade', ['Color Grading JK'], () => import('./jake/grading.js')),

  code2collapseOverlay: from(
    'Code2Collapse',
    ['MaskPreviewOverlay', 'BBoxFromMask', 'MaskTransformXY'],
    () => import('./code2collapse/overlay.js'),
  ),

  code2collapse: from(
    'Code2Collapse',
    ['MaskMath', 'MaskCompositeAdvanced', 'BBoxToMask', 'BBoxPad', 'BBoxCrop'],
    () => import('./code2collapse/masks.js'),
  ),

  code2collapseDraw: from('Code2Collapse', ['MaskDrawFrame', 'BBoxSmooth'], () => import('./code2collapse/draw.js')),

  code2collapsePoints: from('Code2Collapse', ['PointsMaskEditor'], () => import('./code2collapse/points.js')),

  derfuu: from(
    'Derfuu',
    [
      ...['DF_Integer', 'Integer', 'DF_Get_image_size', 'Get image size'],
      ...['DF_Image_scale_to_side', 'Image scale to side'],
    ],
    () => import('./derfuu/index.js'),
  ),

  variousValues: from('various', ['JWInteger', 'Int', 'SetImageSize'], () => import('./various/numbers.js')),

  sized: from(
    'various',
    [
      ...['JWImageResize', 'JWMaskResize', 'easy imageSize', 'LayerUtility: GetImageSize'],
      ...['LayerUtility: NumberCalculator', 'ImageComposite+'],
    ],
    () => import('./various/sized.js'),
  ),

  variousBatches: from(
    'various',
    [
      ...['ImageListToBatch_', 'ImageListToBatch+', 'ImageListToImageBatch', 'ImageScaleToTarget', 'QuickShapeMask'],
      ...['ChangeImageBatchSize //Inspire', 'ChangeImageBatchSize __Inspire'],
    ],
    () => import('./various/batches.js'),
  ),

  variousResize: from('various', ['ImageResize'], () => import('./various/resize.js')),

  inpaintingArea: from(
    'various',
    ['CropByMask', 'CutForInpaint', 'ER_TX_ZZCJ', 'Mask Bounding Box Aspect Ratio'],
    () => import('./inpainting/area.js'),
  ),

  inpaintingBlend: from(
    'various',
    ['LanPaint_MaskBlend', 'ImageCropMerge', 'EG_ZZ_BYYH'],
    () => import('./inpainting/blend.js'),
  ),

  foreground: from('various', ['BlurFusionForegroundEstimation'], () => import('./inpainting/foreground.js')),

  kjnodesReplace: from('KJNodes', ['ReplaceImagesInBatch'], () => import('./kjnodes/replace.js')),

  essentialsPictures: from(
    'essentials',
    ['GetImageSize+', 'ImageCASharpening+'],
    () => import('./essentials/pictures.js'),
  ),

  impactElements: from(
    'Impact',
    [
      ...['ImpactSEGSConcat', 'ImpactSEGSLabelAssign', 'ImpactSEGSLabelFilter', 'ImpactSEGSRangeFilter'],
      ...['ImpactSEGSIntersectionFilter', 'ImpactSEGSNMSFilter', 'ImpactCount_Elts_in_SEGS', 'ImpactDecomposeSEGS'],
      ...['ImpactAssembleSEGS', 'ImpactFrom_SEG_ELT', 'ImpactEdit_SEG_ELT', 'ImpactFrom_SEG_ELT_bbox'],
      'ImpactFrom_SEG_ELT_crop_region',
    ],
    () => import('./impact/elements.js'),
  ),

  impactPreview: from('Impact', ['SEGSPreview'], () => import('./impact/preview.js')),

  impactTiles: from(
    'Impact',
    ['ImpactSEGSOrderedFilter', 'ImpactSEGSPicker', 'SEGSToImageList', 'ImpactMakeTileSEGS'],
    () => import('./impact/tiles.js'),
  ),

  coreBeside: from('core', ['ImageStitch', 'RebatchImages'], () => import('./core/beside.js')),

  wasPictures: from(
    'WAS',
    ['Image Blank', 'Image Crop Location', 'Images to RGB', 'Image Levels Adjustment'],
    () => import('./was/pictures.js'),
  ),

  wasPaste: from('WAS', ['Mask Paste Region', 'Mask Arbitrary Region'], () => import('./was/paste.js')),

  easyuseDetails: from('EasyUse', ['easy imageDetailTransfer'], () => import('./easyuse/details.js')),
};

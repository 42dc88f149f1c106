// Packs of few nodes, and the picture nodes of other packs: their names and files.
import { from } from './from.js';

export const smallPacks = {
  smallValues: from(
    'various',
    ['LTXDimensionCalculator', 'mxSlider', 'Int to float', 'DF_Int_to_Float', 'ETN_Parameter'],
    () => import('./various/values.js'),
  ),

  aceplus: from('ACE++', ['ACEPlusLoraProcessor', 'ACEPlusFFTProcessor'], () => import('./aceplus/index.js')),

  filled: from('various', ['CV2InpaintTexture'], () => import('./various/filled.js')),

  laid: from(
    'various',
    ['Image Overlay', 'ImageCompositeRelative', 'Image_center_paste'],
    () => import('./various/laid.js'),
  ),

  resized: from(
    'various',
    ['ConstrainImage|pysssss', 'ImageAndMaskResizeNode', 'easy imageToMask', 'Mask Contour', 'MaskEdge'],
    () => import('./various/resized.js'),
  ),

  ryanMasks: from(
    'RyanOnTheInside',
    ['AdvancedLuminanceMask', '_mfc', 'ImageInterval'],
    () => import('./ryanontheinside/masks.js'),
  ),

  rmbg: from(
    'RMBG',
    [
      ...['AILab_Preview', 'AILab_ImagePreview', 'AILab_MaskPreview', 'AILab_MaskOverlay'],
      ...['AILab_ImageCombiner', 'AILab_CropObject'],
    ],
    () => import('./rmbg/pictures.js'),
  ),

  rmbgMasks: from(
    'RMBG',
    ['AILab_ColorToMask', 'AILab_MaskEnhancer', 'AILab_MaskCombiner'],
    () => import('./rmbg/masks.js'),
  ),

  comfyrollGraphics: from(
    'Comfyroll',
    ['CR Vignette Filter', 'CR Image Panel', 'CR Color Panel', 'CR Image Output'],
    () => import('./comfyroll/graphics.js'),
  ),

  impactPaste: from('Impact', ['SEGSPaste', 'ImpactImageBatchToImageList'], () => import('./impact/paste.js')),

  coreBlend: from('core', ['ImageBlend'], () => import('./core/blend.js')),

  wasFilters: from('WAS', ['Image Resize', 'Image Lucy Sharpen'], () => import('./was/filters.js')),

  kjnodesRepeats: from(
    'KJNodes',
    ['ReverseImageBatch', 'ImageBatchRepeatInterleaving', 'BboxVisualize'],
    () => import('./kjnodes/repeats.js'),
  ),

  steps: from(
    'various',
    [
      ...['SDXLAspectRatioSelector', 'ImageGaussianBlur', 'AlphaChanelRemove', 'DF_Sum', 'Sum', 'floatToInt _O'],
      ...['intToFloat _O', 'If ANY execute A else B', 'IsMaskEmpty', 'IntNumber', 'TextInput_', 'Color'],
      'GetImageSize_',
    ],
    () => import('./various/steps.js'),
  ),

  transparent: from('various', ['TransparentImage'], () => import('./various/transparent.js')),

  inContext: from(
    'various',
    ['AddMaskForICLora', 'LayerUtility: ICMask', 'LayerUtility: ICMaskCropBack'],
    () => import('./iclora/index.js'),
  ),

  vace: from('WanVideoWrapper', ['WanVideoVACEStartToEndFrame'], () => import('./wan/vace.js')),

  virtuoso: from('Virtuoso', ['BlendModes', 'SolidColorRGB'], () => import('./virtuoso/index.js')),

  wasBlends: from(
    'WAS',
    ['Image Blend', 'Image Blend by Mask', 'Image Rotate Hue', 'Image Paste Crop'],
    () => import('./was/blends.js'),
  ),

  wasModes: from('WAS', ['Image Blending Mode'], () => import('./was/modes.js')),

  easyusePictures: from(
    'EasyUse',
    ['easy imageConcat', 'easy imagesSplitImage', 'easy imageSplitGrid'],
    () => import('./easyuse/pictures.js'),
  ),

  kjnodesPadding: from('KJNodes', ['ImageCropByMaskAndResize', 'ImagePadKJ'], () => import('./kjnodes/padding.js')),

  zdx: from('zdx', ['FocusCropUltra', 'FocusCropRestoreUltra'], () => import('./zdx/focus.js')),

  zdxMasks: from(
    'zdx',
    ['MaskSolidArea', 'GrowMaskEdgeBlur', 'EmptyImagePro', 'MaskAreaReColor'],
    () => import('./zdx/masks.js'),
  ),

  kjnodesPadded: from('KJNodes', ['ImagePadForOutpaintMasked'], () => import('./kjnodes/padded.js')),
};

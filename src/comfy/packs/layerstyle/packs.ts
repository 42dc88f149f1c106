// LayerStyle's packs: the names of their nodes and their files.
import { from } from '../from.js';

export const layerstylePacks = {
  layerstyle: from(
    'LayerStyle',
    [
      ...['LayerMask: ImageToMask', 'LayerMask: MaskInvert', 'LayerMask: MaskGrow', 'LayerMask: MaskStroke'],
      ...['LayerUtility: CheckMask', 'LayerUtility: CheckMaskV2', 'LayerMask: Shadow & Highlight Mask'],
      ...['LayerMask: ShadowHighlightMaskV2', 'LayerMask: BlendIf Mask', 'LayerMask: MaskPreview'],
    ],
    () => import('./index.js'),
  ),

  gradients: from(
    'LayerStyle',
    ['LayerMask: MaskEdgeShrink', 'LayerMask: MaskGradient', 'LayerMask: CreateGradientMask'],
    () => import('./soft.js'),
  ),

  byColor: from('LayerStyle', ['LayerMask: MaskByColor', 'LayerMask: MaskMotionBlur'], () => import('./byColor.js')),

  details: from('LayerStyle', ['LayerMask: MaskEdgeUltraDetail'], () => import('./ultra.js')),

  layers: from(
    'LayerStyle',
    [
      ...['LayerUtility: ImageCombineAlpha', 'LayerUtility: ImageRemoveAlpha', 'LayerUtility: ImageOpacity'],
      ...['LayerUtility: ImageBlend', 'LayerUtility: ExtendCanvas', 'LayerUtility: ExtendCanvasV2'],
      ...['LayerUtility: ImageShift', 'LayerUtility: ImageBlend V2'],
    ],
    () => import('./pictures.js'),
  ),

  shadows: from(
    'LayerStyle',
    [
      ...['LayerStyle: DropShadow', 'LayerStyle: DropShadow V2', 'LayerStyle: DropShadow V3'],
      ...['LayerStyle: InnerShadow', 'LayerStyle: InnerShadow V2', 'LayerStyle: OuterGlow'],
      ...['LayerStyle: OuterGlow V2', 'LayerStyle: InnerGlow', 'LayerStyle: InnerGlow V2'],
    ],
    () => import('./shadows.js'),
  ),

  overlays: from(
    'LayerStyle',
    [
      ...['LayerStyle: Stroke', 'LayerStyle: Stroke V2', 'LayerStyle: ColorOverlay', 'LayerStyle: ColorOverlay V2'],
      ...['LayerStyle: GradientOverlay', 'LayerStyle: GradientOverlay V2'],
    ],
    () => import('./overlays.js'),
  ),

  advanced: from(
    'LayerStyle',
    ['LayerUtility: ImageBlendAdvance', 'LayerUtility: ImageBlendAdvance V2', 'LayerUtility: ImageBlendAdvance V3'],
    () => import('./advanced.js'),
  ),

  places: from(
    'LayerStyle',
    [
      ...['LayerUtility: CropByMask', 'LayerUtility: CropByMask V2', 'LayerUtility: CropByMask V3'],
      ...['LayerUtility: RestoreCropBox', 'LayerMask: MaskBoxDetect', 'LayerUtility: ImageMaskScaleAs'],
      ...['LayerUtility: ImageMaskScaleAsV2', 'LayerUtility: ImageScaleByAspectRatio V2'],
      ...['CropByMaskV2', 'ImageMaskScaleAs', 'ImageMaskScaleAsV2', 'ImageScaleByAspectRatioV2'],
    ],
    () => import('./places.js'),
  ),

  shapes: from(
    'LayerStyle',
    [...['LayerMask: DrawRoundedRectangle', 'LayerUtility: RoundedRectangle'], ...['LayerUtility: LayerMaskTransform']],
    () => import('./shapes.js'),
  ),

  spread: from('LayerStyle', ['LayerMask: PixelSpread'], () => import('./spread.js')),

  colors: from(
    'LayerStyle',
    [
      ...['LayerColor: RGB', 'LayerColor: HSV', 'LayerColor: Brightness & Contrast'],
      'LayerColor: BrightnessContrastV2',
    ],
    () => import('./colors.js'),
  ),

  adjust: from(
    'LayerStyle',
    [
      ...['LayerColor: AutoBrightness', 'LayerColor: AutoAdjust', 'LayerColor: AutoAdjustV2'],
      'LayerFilter: HDREffects',
    ],
    () => import('./adjust.js'),
  ),

  keyed: from(
    'LayerStyle',
    ['LayerColor: Color of Shadow & Highlight', 'LayerColor: ColorofShadowHighlightV2'],
    () => import('./keyed.js'),
  ),

  frequency: from(
    'LayerStyle',
    ['LayerUtility: HLFrequencyDetailRestore', 'LayerFilter: MotionBlur', 'LayerUtility: LayerImageTransform'],
    () => import('./frequency.js'),
  ),

  ratio: from('LayerStyle', ['LayerUtility: ImageScaleByAspectRatio'], () => import('./ratio.js')),

  passed: from(
    'LayerStyle',
    [
      ...['LayerUtility: AnyRerouter', 'LayerUtility: ColorPicker', 'LayerUtility: BatchSelector'],
      'LayerUtility: ImageHub',
    ],
    () => import('./passed.js'),
  ),

  displace: from('LayerStyle', ['LayerFilter: DistortDisplace'], () => import('./displace.js')),

  restored: from(
    'LayerStyle',
    [
      ...['LayerUtility: ImageScaleRestore', 'LayerUtility: ImageScaleRestore V2', 'LayerUtility: ColorImage'],
      ...['LayerUtility: ColorImage V2', 'LayerUtility: CropBoxResolve', 'CropBoxResolve'],
      ...['LayerUtility: XY to Percent'],
    ],
    () => import('./restored.js'),
  ),
};

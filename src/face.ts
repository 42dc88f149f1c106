// What every entry that opens a device has beside its `open`.
export type { LendOptions, Location, ReadOptions, Tensor } from './batch.js';
export { type Channel, channelNames, channels, type LayerChannel, layerChannels } from './channels.js';
export type { ColorMap, ColorMapOptions } from './colors.js';
export { Device, type Filling } from './device.js';
export type { Dtype, Stats } from './engine.js';
export { ChromaskError, type ErrorCode } from './errors.js';
export { ImageBatch } from './image.js';
export { type CompositeOptions, MaskBatch } from './mask.js';
export type { ImageMethods, MaskMethods } from './methods.js';
export { type Ops, ops, type Row } from './ops.js';
export type { Limits } from './options.js';
export { fingerprint } from './recipes/fingerprint.js';
export type { InputData, RecipeData, StepData, WorkflowData } from './recipes/format.js';
export type { Pixels } from './shape.js';

// The public face.
export type { Location, ReadOptions, Tensor } from './batch.js';
export { type Channel, channelNames, channels, type LayerChannel, layerChannels } from './channels.js';
export type { ColorMap, ColorMapOptions } from './colors.js';
export type { Dtype, Stats } from './engine.js';
export { ChromaskError, type ErrorCode } from './errors.js';
export { ImageBatch } from './image.js';
export { type CompositeOptions, MaskBatch } from './mask.js';
export type { ImageMethods, MaskMethods } from './methods.js';
export { Device, type Filling, type Limits, type OpenOptions, open } from './open.js';
export { type Ops, ops, type Row } from './ops.js';
export type { Pixels } from './shape.js';
export type { WasmSource } from './wasm/module.js';

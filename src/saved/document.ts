// A recipe and the masks it needs as one document. The work is loaded when first asked for.
import type { Device } from '../api/device.js';
import type { ImageBatch } from '../api/image.js';
import type { MaskBatch } from '../api/mask.js';
import type { RecipeData } from '../graph/format.js';
import type { MaskText } from './runs.js';

/** What `saveDocument` gives, as plain JSON. */
export interface DocumentData {
  /** Version of the document; the recipe has its own. */
  readonly document: number;
  readonly recipe: RecipeData;
  /** The numbers of masks by the names of their inputs, which say their shape and type. */
  readonly masks: Readonly<Record<string, MaskText>>;
  /** SHA-256 of recipe and masks. */
  readonly fingerprint: string;
}

export interface DocumentOptions {
  /** Batches that are not in the document, by name. */
  inputs?: Readonly<Record<string, ImageBatch | MaskBatch>> | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

/**
 * How a batch was made, with the masks from outside that it needs, as plain JSON. Pictures, and masks named in `inputs`, stay
 * inputs by name; the other masks must be small.
 */
export async function saveDocument(
  batch: ImageBatch | MaskBatch,
  options: DocumentOptions = {},
): Promise<DocumentData> {
  return (await import('./saved.js')).save(batch, options);
}

/** What a document makes, with these inputs. Refuses a document that is not what was saved. */
export async function openDocument(
  device: Device,
  document: DocumentData,
  options: DocumentOptions = {},
): Promise<ImageBatch | MaskBatch> {
  return (await import('./saved.js')).reopen(device, document, options);
}

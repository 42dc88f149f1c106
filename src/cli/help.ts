// What `chromask --help` prints.
import { channelNames } from 'chromask';

export const help = `chromask: masks from pictures, with the same bits as the nodes they come from

Usage
  chromask FILE... [options]            masks of pictures
  chromask nodes [--json]               the nodes of chromask/comfy
  chromask nodes --missing WORKFLOW.json               what a graph needs that is not here
  chromask run WORKFLOW.json [options]  run the mask part of a ComfyUI graph
  chromask queue add --manifest FILE --recipe FILE     pictures for the workers of a queue (BullMQ)
  chromask queue work [--from DIR] [--to DIR]          work on them, until it is stopped
  chromask queue status | failures                     how far it is, how fast; what will not be made

FILE is a picture, a pattern ("photos/**/*.png"), a folder, a URL, or - for standard input; after -- there are
files alone. Links in folders are followed, and each file is taken once. Of a folder or
pattern, masks of chromask that lie where this run writes (beside the picture, or in --out) are skipped.

What to make, in the order in which it is applied, wherever it stands
  --channel NAME      a channel (see the end), or all thirteen of LayerMask (default: L(LAB)); repeat for more
  --wand X,Y[,T]      instead: what hangs together with the pixel at X, Y (from 0, 0 at the top left) and is no farther
                      than T from its colour (0..442, default 20): 120,80,32
  --range COLORS[:T]  instead: all that is no farther than T (default 20) from one of up to 64 colours; quoted, as
                      # begins a comment in many shells: "#ff0000,#00ff00:40"
  --colors[=N]        instead: one mask for each of the N most frequent colours (default 5)
  --min-pixels N      for --colors: leave out colours with fewer pixels (default 500)
  --normalize         stretch to the full range, as LayerMask does
  --levels B,W,G      black point, white point and gamma: 20,230,1.3
  --threshold V       0..1: white above, black at and below
  --invert            white becomes black
  --fill-holes        black areas that do not reach the edge of the picture become white
  --remove-small N    connected parts of fewer than N pixels become black. It and --fill-holes take for white what is
                      not black: of a channel, with --threshold
  --grow N[:SHAPE]    grow (or, below 0, shrink) the light parts by N pixels: diamond (default), square or disk
  --blur R            soften by a Gaussian of R pixels (0..1000), what editors call feathering a selection
  --fade-edges N      fade towards the edges of the picture, over N pixels
  --recipe FILE       instead: what a recipe says: mask.recipe() or workflowRecipe() as JSON. ComfyUI's own
                      files are for "chromask run"

Where to write
  -o, --out PATH      a file, a folder, or - for standard output (default: beside the picture)
  --sheet             also one labelled sheet of a picture and its masks: photo.sheet.png, or beside a mask
                      that is named, one.sheet.png for one.png
  --svg               also the outline of each mask, beside it: photo.wand.svg for photo.wand.png; an even-odd path along
                      the edges of the pixels above one half
  --bits 1|8|16       bits of a pixel (default 8)
  --force             overwrite files, but never the picture itself
  --device NAME       auto, webgl2 or wasm (default auto)
  -h, --help          this; --version the version

Many pictures
  --concurrency N     worker threads, with a picture each (default: one for each core but one; at most one for each, and
                      what memory there is for, unless --force-concurrency). One picture alone is shared by N threads
                      (default: as many as cores are free), with the same bytes
  --read-timeout S    seconds in which a picture must have been read (default 60; standard input may take longer)
  --shard I/N         only every Nth picture, beginning with the Ith: 1/4
  --manifest FILE     pictures from lines of JSON: {"input": "a.png", "output": "a-mask.png"}
  --resume            skip outputs that were made from the same picture with the same options, and replace
                      other masks with our mark; files without it stay (not with --colors: which masks
                      there are is only known when they are made)
  --json              one line of JSON for each picture, with the reason if it was skipped
  --quiet             nothing but errors

Queues
  --redis URL         default $REDIS_URL, or redis://127.0.0.1:6379
  --name NAME         of the queue (default chromask)
  --from, --to        a folder, or s3://bucket/prefix; "add" takes masks with the names of pictures where --to is
                      another place than --from
  --per-job N         pictures of a job (default 100)
  --attempts N        tries of a job (default 5); --backoff MS before the second (default 1000)
  --concurrency N     processes of a worker, each with a job of its own (default: one for each core; no more than
                      that unless --force-concurrency)
  --lock MS           silence after which another worker takes over a job (default 30000)
  --read-timeout S    as above
  --drain             stop when there is nothing left
  --device NAME       auto, webgl2 or wasm (default auto)

Workflows (run)
  --input NAME=FILE   the picture a workflow calls NAME; repeat for more
  --only ID           run this node and what it needs; repeat for more
  --strict            all masks and previews or nothing; else what cannot be made is left out, and named
  --from WHICH        of a picture that has both graphs: workflow, as on the screen (default), or prompt, as run
  --compat VERSION    comfy-2026 (default) or comfy-2025
  -o, --out FOLDER    where masks and pictures go (default: here), as WORKFLOW.ID.mask.png and WORKFLOW.ID.png
  --force             overwrite files, but never those that are read
  --json              one line of JSON for each file
  --device NAME       auto, webgl2 or wasm (default auto)

Examples
  chromask photo.png --channel "L(LAB)" --normalize --levels 20,230,1.3 --invert -o mask.png
  chromask photo.png --channel all -o masks/
  chromask photo.png --wand 120,80,32 --fill-holes --remove-small 200 --grow 2:disk --svg
  chromask "scans/*.png" --range "#ffffff:12" --invert -o out/
  chromask "scans/*.png" --channel "S(HSV)" --normalize -o out/ --concurrency 4 --resume
  cat map.png | chromask - --colors -o colours/ --json
  chromask run workflow.json --input photo.png=me.png --out masks/

Channels
  ${channelNames.join(' ')}

Exit codes: 0 all made, 1 some failed, 2 the command line was wrong.
`;

// A heap of the most frequent colours, the least frequent on top. Ties go to the colour that sorts first, channel by channel.
// Layout: u32 held, u32 limit, then entries of u32 colour and u32 count.

@inline function entry(heap: usize, i: u32): usize { return heap + 8 + (i << 3); }
@inline function worse(key: u32, count: u32, other: usize): bool {
  const than = load<u32>(other, 4);
  return count < than || (count == than && bswap(key) > bswap(load<u32>(other)));
}

/** The fewest pixels with which a colour still enters the heap. */
@inline export function bar(heap: usize): u32 { return load<u32>(heap) < load<u32>(heap, 4) ? 1 : load<u32>(entry(heap, 0), 4); }

export function offer(heap: usize, key: u32, count: u32): void {
  const held = load<u32>(heap), limit = load<u32>(heap, 4);
  let i: u32 = 0;
  if (held < limit) {
    for (i = held; i && worse(key, count, entry(heap, (i - 1) >> 1)); i = (i - 1) >> 1) move(heap, i, (i - 1) >> 1);
    store<u32>(heap, held + 1);
  } else {
    if (!limit || worse(key, count, entry(heap, 0))) return;
    for (let k: u32 = 1; k < limit; k = 2 * i + 1) {
      if (k + 1 < limit && worse(load<u32>(entry(heap, k + 1)), load<u32>(entry(heap, k + 1), 4), entry(heap, k))) k++;
      if (worse(key, count, entry(heap, k))) break;
      move(heap, i, k);
      i = k;
    }
  }
  store<u32>(entry(heap, i), key);
  store<u32>(entry(heap, i), count, 4);
}

@inline function move(heap: usize, to: u32, from: u32): void {
  store<u32>(entry(heap, to), load<u32>(entry(heap, from)));
  store<u32>(entry(heap, to), load<u32>(entry(heap, from), 4), 4);
}

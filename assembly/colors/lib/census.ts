// Counts the pixels of each colour in an open-addressed table: u32 number of colours, 12 unused bytes, then 2^bits entries of
// u32 colour and u32 count. An entry with count 0 is free. The caller clears the table first.

/** False when three quarters of the entries are taken. The caller then doubles and clears the table and starts over. */
@inline export function add(table: usize, bits: u32, key: u32, hash: u32, times: u32): bool {
  let at = hash >> 32 - bits, entry = table + 16 + (at << 3);
  // growing steps, because neighbouring entries of one run would collide again and again
  for (let step: u32 = 1; load<u32>(entry, 4) && load<u32>(entry) != key; entry = table + 16 + (at << 3)) at = (at + step++) & ((1 << bits) - 1);
  if (!load<u32>(entry, 4)) {
    const held = load<u32>(table);
    if (held == (1 << bits >> 2) * 3) return false;
    store<u32>(entry, key);
    store<u32>(table, held + 1);
  }
  store<u32>(entry, load<u32>(entry, 4) + times, 4);
  return true;
}

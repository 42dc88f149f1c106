// How many pixels each colour has, in an open-addressed table: u32 colours so far, 12 bytes of nothing, then 2^bits entries of
// u32 colour and u32 count; count 0 is a free one. The caller clears it first.

/** False where three quarters of the entries are taken: double the table, clear, and begin again with the first band. */
@inline export function add(table: usize, bits: u32, key: u32, hash: u32, times: u32): bool {
  let at = hash >> 32 - bits, entry = table + 16 + (at << 3);
  // steps that grow: neighbours in a row of taken places would wait for each other
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

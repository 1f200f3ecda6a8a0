# What a snapshot is.

snapshot-present = This is the snapshot that is served now.
snapshot-replaced = Another one has replaced it.
snapshot-later = { $count ->
       [one] { $shown } entry of the journal came after it.
      *[other] { $shown } entries of the journal came after it.
   }
snapshot-to-present = The present one:
snapshot-what = Every figure with this id is computed from the same first entries of the journal. Figures with this id belong together; those with another may be older or newer.
snapshot-place = Its place in the journal
snapshot-at = Time of its last act
snapshot-size = Entries
snapshot-last = Last entry
snapshot-sealed = Published as a signed folder
snapshot-not-sealed = Not published, or not yet
snapshot-root-why = The root is the SHA-256 digest over all these entries, word for word; the id is their number and the beginning of the root. One entry changed or taken away would give another root.
snapshot-came = { $count ->
       [one] { $part } of { $shown } sheet had come in.
      *[other] { $part } of { $shown } sheets had come in.
   }
snapshot-not-kept = How many sheets it had is no longer kept by this server. The journal up to its last entry tells every one of them.
refusal-web-no-snapshot = Neither the snapshot that is served nor any before it has this id.
refusal-title-no-snapshot = No snapshot has this id
refusal-next-no-snapshot = Compare the id sign by sign: a number, a hyphen, twelve signs of 0 to 9 and a to f. If you have just read it on a page, wait a moment and load that page again. If it is right and still unknown, ask the election authority: figures without a snapshot are not from here.

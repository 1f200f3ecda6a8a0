# The journal.

journal-title = Journal
journal-why = Everything that changed in this election, a sentence each, newest first. No entry is removed or altered.
journal-root = Root
journal-none = No entries.
journal-newer = Newer
journal-older = Older
outcome-accept = Acceptance
outcome-correct = Correction
outcome-return = Sending back

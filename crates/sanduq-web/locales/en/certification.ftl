# Certifying results.

certify-title = Certification of results
certify-why = The executive proposes the totals of a contest, and the supervision signs them: two persons of two organs. What both have signed is final; none of its sheets changes any more.
certify-none = No contest stands here.
certify-way = On the way
certify-open = Not complete yet
certify-ready = Ready to be proposed
certify-proposed = Waits for the supervision
certify-final = Certified by both organs
certify-in-the-way = What is still missing
certify-missing = { $count ->
    [one] { $shown } station has no sheet in the totals
   *[other] { $shown } stations have no sheet in the totals
   }
certify-waiting = { $count ->
    [one] { $shown } sheet is being typed or is held back
   *[other] { $shown } sheets are being typed or are held back
   }
certify-disputed = { $count ->
    [one] { $shown } sheet waits for the answer to a proposal
   *[other] { $shown } sheets wait for the answer to a proposal
   }
certify-signed-by = Signed by
certify-units = The same totals, unit by unit
certify-digest = Digest of the totals of every unit:
certify-touched = A sheet of the contest has been touched since this was proposed: nobody signs it any more; the executive proposes anew.
certify-propose = Propose to certify
certify-propose-why = You propose exactly these totals. The supervision signs or refuses them.
certify-sign = Sign: the result is final
certify-sign-why = You sign exactly these totals. Afterwards no sheet of the contest can change.
certify-refuse = Refuse
certify-refuse-why = The result stays as it is and may be proposed anew. The reason is published in the journal.
certify-done-signed = Signed. The result is final.
certify-done-refused = Refused. The reason is in the journal.
desk-certification = Certification of results
developers-door-certification = Contests on their way to certification: what is missing, who proposed, who signed
developers-stage = open, ready, proposed or final

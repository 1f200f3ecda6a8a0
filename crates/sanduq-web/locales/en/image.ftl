# The images of sheets: photographs and scans of the signed paper.

image-title = Image of the sheet
image-awaited = No image: the sheet has not come in yet.
image-missing = No image of this sheet is on record. Its figures are published without one.
image-missing-since = The station closed on { $what }.
image-missing-all = All sheets without an image
image-locked = { $count ->
    [one] { $shown } image on record, not shown yet
   *[other] { $shown } images on record, not shown yet
   }
image-locked-why = An image shows votes. It is public when the last station of the contest has closed.
image-page = Page { $shown }
image-size = { $shown } kB
image-kind-jpeg = JPEG
image-kind-png = PNG
image-alternative = Photograph or scan of the signed sheet of { $what }. Its lines are typed on this page.
image-digest = SHA-256
image-send = Send an image of the paper
image-send-now = Send the image
image-choose = Photograph or scan of the signed sheet
image-hint = JPEG or PNG, 6 MiB at most, all four edges of the paper in the picture. Position, time and names that the camera writes beside the picture are removed.
image-on-record = On record
image-none-yet = No image of this sheet yet.
image-not-shown = The images are not shown here: they show votes. They are public when the last station of the contest has closed.
image-recorded = The image is on record
image-recorded-help = If the paper has another page, send that next.
image-already = This image is on record already
image-not-recorded = The image is not on record
image-closed = This sheet takes no image now
image-closed-help = An image is sent after the figures have come in and before the sheet is accepted.
image-missing-title = Sheets without an image
image-missing-of = { $part } of { $shown } sheets that have come in
image-missing-note = The figures of these sheets are published without an image of the paper.
image-missing-none = Every sheet that has come in has its image.
image-station = Polling station
image-code = Code
image-state = State
components-image = Image of a sheet
developers-door-images = The sheets of a contest that have no image
refusal-web-many-images = Too many images are being sent at this moment. Wait a minute, then send again.
refusal-image-empty = No file was sent. Choose or take a picture first.
refusal-image-too-long = The file has more than 6 MiB. Take the picture at a lower quality.
refusal-image-not-an-image = The file is neither JPEG nor PNG, whatever its name says. Send a photograph.
refusal-image-damaged = The picture is damaged or cut off. Take it again and send it whole.
refusal-image-too-small = The shorter side of the picture has less than 800 pixels: nobody could read the sheet. Take it at a higher resolution.
refusal-image-too-large = A side of the picture has more than 8,200 pixels. Take it at a lower resolution.
refusal-image-no-sheet = The sheet has not come in yet. Send its figures first, then the image.
refusal-image-wrong-organ = Your organ has no part in images of sheets.
refusal-image-of-another-sheet = This very file is the image of another sheet. Take a picture of this paper.
refusal-image-settled = The sheet is accepted or has ended, and takes no image any more. Its next version does.
refusal-image-too-many-pages = The sheet has eight images, and takes no more.

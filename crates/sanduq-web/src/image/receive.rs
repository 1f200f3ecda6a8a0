//! Taking in what a form sends as a picture. Always true here: no more is held of it than an image
//! may have, however much is sent; the rest is read and dropped, so that whoever sent it is told
//! why it is refused instead of losing the line.

use crate::app::App;
use crate::asked::Asked;
use crate::refusal::No;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::extract::multipart::MultipartRejection;
use axum::http::StatusCode;
use sanduq_count::image::ImageRefusal;
use sanduq_count::image::LONGEST;
use sanduq_count::image::Picture;
use sanduq_count::image::clean;

/// The name of the picture in the form.
const PICTURE: &str = "picture";

/// The picture that was sent, as it may be kept; or why it may not.
///
/// # Errors
/// The form was cut off, is none, or too many send at the same time.
pub async fn picture(
    app: &App,
    asked: &Asked,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Result<Picture, ImageRefusal>, No> {
    let bad = || asked.no(app, StatusCode::BAD_REQUEST, "web.bad_form");
    let busy = || asked.no(app, StatusCode::SERVICE_UNAVAILABLE, "web.many_images");
    let _leave = app.uploading().try_acquire().map_err(|_| busy())?;
    let sent = sent.map_err(|_| bad())?;
    let bytes = match held(sent).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(Err(ImageRefusal::TooLong)),
        Err(why) if why.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Ok(Err(ImageRefusal::TooLong));
        }
        Err(_) => return Err(bad()),
    };
    let cleaning = tokio::task::spawn_blocking(move || clean(&bytes));
    cleaning.await.map_err(|_| bad())
}

/// The bytes of the picture; none when they are more than an image may have.
async fn held(mut sent: Multipart) -> Result<Option<Vec<u8>>, MultipartError> {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(mut field) = sent.next_field().await? {
        let is_picture = field.name() == Some(PICTURE);
        while let Some(chunk) = field.chunk().await? {
            if !is_picture {
                continue;
            }
            length = length.saturating_add(chunk.len());
            if length > LONGEST {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(&chunk);
            }
        }
    }
    Ok((length <= LONGEST).then_some(bytes))
}

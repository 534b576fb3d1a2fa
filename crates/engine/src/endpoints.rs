//! What the endpoint can do besides answers.

use ::endpoint::{Check, Image, ImageRequest, Purpose};
use ::models::ModelError;

use crate::Engine;
use crate::api::{ApiError, RequestError, Role};

impl Engine {
    /// Finds out what the endpoint in force can do, by trying. Where another endpoint embeds, its embedding model is
    /// tried there.
    ///
    /// # Errors
    /// No endpoint is set. What an endpoint refuses is no error, but a finding.
    pub async fn check_endpoint(&self) -> Result<Check, ApiError> {
        let models = self.models();
        let embedding = models.endpoint(Role::Embed);
        let Some(endpoint) = models.endpoint(Role::Write).or(embedding) else {
            return Err(RequestError::NoEndpoint.into());
        };
        let mut check = endpoint.serving(Purpose::TryEndpoint).check().await;
        if let Some(other) = embedding.filter(|other| other.profile().base_url != endpoint.profile().base_url)
        {
            check.embeddings = other.serving(Purpose::TryEndpoint).check().await.embeddings;
        }
        Ok(check)
    }

    /// Makes a picture.
    ///
    /// # Errors
    /// No endpoint or no image model is set, or the endpoint fails.
    pub async fn image(&self, prompt: &str, size: Option<String>) -> Result<Image, ApiError> {
        let models = self.models();
        let Some(endpoint) = models.endpoint(Role::MakePictures) else {
            return Err(RequestError::NoImageModel.into());
        };
        let request = ImageRequest {
            model: endpoint.profile().image_model.clone(),
            prompt: prompt.to_owned(),
            size,
            n: Some(1),
            ..ImageRequest::default()
        };
        let images = endpoint.images(&request).await.map_err(ModelError::from)?;
        // An answer without a picture is an error of the endpoint's.
        images.into_iter().next().ok_or_else(|| RequestError::NoPicture.into())
    }
}

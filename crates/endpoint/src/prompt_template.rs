//! Conversations written out as prompts, for models that only go on from a text.

use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind as JinjaErrorKind, Value, context};
use minijinja_contrib::pycompat::unknown_method_callback;
use serde::{Deserialize, Serialize};

use crate::chat::{ChatMessage, Content, ContentPart};
use crate::{Error, ProfileFault};

const NAME: &str = "prompt";

/// How a model wants a conversation written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromptFormat {
    /// A Jinja template as models publish it (`chat_template`). It sees `messages`, each with `role` and
    /// `content`, and `add_generation_prompt`, `bos_token` and `eos_token`.
    pub template: String,
    /// Texts that end an answer, such as the token after a turn.
    #[serde(default)]
    pub stop: Vec<String>,
}

impl PromptFormat {
    /// The format of Llama 3, as in the examples of DeepInfra's documentation.
    #[must_use]
    pub fn llama3() -> Self {
        Self {
            template: "<|begin_of_text|>{% for message in messages %}<|start_header_id|>{{ message.role }}\
                       <|end_header_id|>\n\n{{ message.content | trim }}<|eot_id|>{% endfor %}\
                       {{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}"
                .to_owned(),
            stop: vec!["<|eot_id|>".to_owned()],
        }
    }

    /// ChatML, the format of Qwen and many others.
    #[must_use]
    pub fn chat_ml() -> Self {
        Self {
            template: "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}\
                       <|im_end|>\n{% endfor %}{{ '<|im_start|>assistant\n' }}"
                .to_owned(),
            stop: vec!["<|im_end|>".to_owned()],
        }
    }

    /// For base models, which know no turns: names before paragraphs.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            template:
                "{% for message in messages %}{{ message.role | capitalize }}: {{ message.content | trim }}\
                       \n\n{% endfor %}Assistant:"
                    .to_owned(),
            stop: vec!["\nUser:".to_owned()],
        }
    }
}

/// A template ready to be used.
#[derive(Debug, Clone)]
pub(crate) struct PromptTemplate(Arc<Environment<'static>>);

impl PromptTemplate {
    /// # Errors
    /// [`ProfileFault::PromptTemplate`] where it is no valid template.
    pub(crate) fn new(template: &str) -> Result<Self, Error> {
        let mut environment = Environment::new();
        // White space, methods and functions as the Python reader has them that these templates are written for.
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|_| Error::profile(ProfileFault::PromptTemplate))?);
        environment.set_unknown_method_callback(unknown_method_callback);
        environment.add_function("raise_exception", |message: String| -> Result<String, minijinja::Error> {
            Err(minijinja::Error::new(JinjaErrorKind::InvalidOperation, message))
        });
        environment
            .add_template_owned(NAME, template.to_owned())
            .map_err(|_| Error::profile(ProfileFault::PromptTemplate))?;
        Ok(Self(Arc::new(environment)))
    }

    /// # Errors
    /// [`ProfileFault::PromptTemplate`] where the template does not know what to do with these messages, or they hold
    /// pictures or sound, which cannot be written out.
    pub(crate) fn render(&self, messages: &[ChatMessage]) -> Result<String, Error> {
        let messages: Option<Vec<_>> = messages.iter().map(turn).collect();
        let messages = messages.ok_or_else(|| Error::profile(ProfileFault::PromptTemplate))?;
        let conversation =
            context! { messages, add_generation_prompt => true, bos_token => "", eos_token => "" };
        let rendered = self.0.get_template(NAME).and_then(|template| template.render(conversation));
        rendered.map_err(|_| Error::profile(ProfileFault::PromptTemplate))
    }
}

fn turn(message: &ChatMessage) -> Option<Value> {
    let (role, content) = match message {
        ChatMessage::System { content, .. } => ("system", content.clone()),
        ChatMessage::User { content, .. } => ("user", text(content)?),
        ChatMessage::Assistant { content, .. } => ("assistant", content.clone().unwrap_or_default()),
        ChatMessage::Tool { content, .. } => ("tool", content.clone()),
    };
    Some(context! { role, content })
}

fn text(content: &Content) -> Option<String> {
    match content {
        Content::Text(text) => Some(text.clone()),
        Content::Parts(parts) => {
            let texts = parts.iter().map(|part| match part {
                ContentPart::Text { text } => Some(text.as_str()),
                ContentPart::ImageUrl { .. } | ContentPart::InputAudio { .. } => None,
            });
            Some(texts.collect::<Option<Vec<_>>>()?.join("\n"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ImageUrl;

    fn render(format: &PromptFormat, messages: &[ChatMessage]) -> String {
        let template = PromptTemplate::new(&format.template).expect("a valid template");
        template.render(messages).expect("a prompt")
    }

    #[test]
    fn writes_a_conversation_out_in_each_format() {
        let messages = [ChatMessage::system("Be brief."), ChatMessage::user("Hello!")];
        assert_eq!(
            render(&PromptFormat::llama3(), &messages[1..]),
            "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHello!<|eot_id|><|start_header_id|>\
             assistant<|end_header_id|>\n\n"
        );
        assert_eq!(
            render(&PromptFormat::chat_ml(), &messages),
            "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\n"
        );
        assert_eq!(
            render(&PromptFormat::plain(), &messages),
            "System: Be brief.\n\nUser: Hello!\n\nAssistant:"
        );
    }

    #[test]
    fn text_of_a_message_is_not_read_as_a_template() {
        let messages = [ChatMessage::user("{{ messages }} {% raw %}")];
        assert_eq!(render(&PromptFormat::plain(), &messages), "User: {{ messages }} {% raw %}\n\nAssistant:");
    }

    #[test]
    fn a_picture_is_not_left_out_in_silence() {
        let image_url = ImageUrl { url: "data:image/png;base64,".to_owned(), detail: None };
        let content = Content::Parts(vec![ContentPart::ImageUrl { image_url }]);
        let template = PromptTemplate::new(&PromptFormat::plain().template).expect("a valid template");
        assert!(template.render(&[ChatMessage::User { content, name: None }]).is_err());
    }

    #[test]
    fn a_template_that_cannot_be_used_says_so() {
        assert!(PromptTemplate::new("{% for %}").is_err());
        let picky = PromptTemplate::new(
            "{% if messages[0].role == 'system' %}{{ raise_exception('no') }}{% endif %}",
        );
        let picky = picky.expect("a valid template");
        assert!(picky.render(&[ChatMessage::system("x")]).is_err());
        assert_eq!(picky.render(&[ChatMessage::user("x")]).as_deref(), Ok(""));
        let python = PromptTemplate::new("{{ messages[0].content.strip().split(' ')[0].upper() }}");
        let python = python.expect("a valid template").render(&[ChatMessage::user(" tide tables ")]);
        assert_eq!(python.as_deref(), Ok("TIDE"));
    }
}

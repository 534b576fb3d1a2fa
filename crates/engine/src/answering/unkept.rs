//! Answers for other programs, which keep their conversations themselves.

use ::answer::{Exchange, History, without_markers};
use library::{ConversationId, MessageId};

use crate::Engine;
use crate::api::{Answer, AnswerEvent, AskRequest, Said};

impl Engine {
    /// Answers a question as [`Engine::ask`] does, but keeps nothing: its ids are 0. What was said before is given,
    /// and the request's conversation is not looked at.
    pub async fn ask_unkept(
        &self,
        request: AskRequest,
        before: Vec<Said>,
        on_event: impl Fn(AnswerEvent) + Send + Sync,
    ) {
        let stoppable = self.requests.begin(request.id.clone());
        let exchange = |(number, said): (i64, Said)| Exchange {
            message: MessageId(number),
            question: said.question,
            answer: said.answer.map(|answer| without_markers(&answer)),
        };
        let exchanges = (1..).zip(before).map(exchange).collect();
        let answered = async {
            let history = History { earlier: None, exchanges };
            let answer = self.answer(&request, history, stoppable.token(), &on_event).await?;
            let question = request.question.trim().to_owned();
            let answer = Answer::of(ConversationId(0), MessageId(0), question, Some(answer));
            self.explained(&request, answer).await
        };
        on_event(match answered.await {
            Ok(answer) => AnswerEvent::Done { answer: Box::new(answer) },
            Err(error) => AnswerEvent::Error { error },
        });
    }
}

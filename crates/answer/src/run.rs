//! The way of a question: retrieval, packing, answer, citations.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::channel::mpsc::{self, UnboundedSender};
use futures::{FutureExt as _, Stream, StreamExt as _, future, stream};
use library::{Earlier, Passage, Scope};
use models::{FinishReason, ModelError, Usage};
use tokio_util::sync::CancellationToken;

use crate::retrieval::{bear_on, blocking};
use crate::{
    AnswerError, AnswerReader, Answerer, Citation, Evidence, History, Retriever, Update, Written,
    WrittenStream, pack,
};

/// How many passages are looked at to fill what the answerer takes.
const RETRIEVED: usize = 24;

/// A question with all that it is asked with.
#[derive(Debug, Clone)]
pub struct Question {
    /// As a person asks it.
    pub text: String,
    /// As it is searched for, where a person has said it.
    pub standalone: Option<String>,
    /// Where the answer is looked for.
    pub scope: Scope,
    /// What was said before.
    pub history: History,
}

/// What a run tells.
#[derive(Debug)]
pub enum Event {
    /// It goes on.
    Progress(Progress),
    /// The end. There is nothing to keep where it is an error.
    Done(Result<Box<Answer>, AnswerError>),
}

/// What happens while a question is answered.
#[derive(Debug)]
pub enum Progress {
    /// The question was put so that it can be understood by itself; what is searched for.
    Standalone(String),
    /// The passages that the answerer is given, with their scores, the first one being number 1.
    Passages(Vec<(Passage, f32)>),
    /// A piece of the model's thinking.
    Reasoning(String),
    /// All text so far was thinking, not answer.
    TextWasReasoning,
    /// The next piece of the answer, or a marker that has just been appended, or a sentence without one.
    Update(Update),
}

/// How an answer ended.
#[derive(Debug)]
pub enum Outcome {
    /// The answerer came to its end.
    Complete,
    /// The documents hold no answer, and there is no text; the passages are the closest ones.
    Refused,
    /// The model ran into its token limit.
    Cut,
    /// It was cancelled.
    Stopped,
    /// The model failed; what had come is kept.
    BrokenOff(ModelError),
}

/// An answer that has ended.
#[derive(Debug)]
pub struct Answer {
    /// With its `[n]` markers.
    pub text: String,
    /// In the order of their markers.
    pub citations: Vec<Citation>,
    /// The sentences that claim something and cite nothing, in UTF-16 code units.
    pub uncited: Vec<Range<u32>>,
    /// How it ended.
    pub outcome: Outcome,
    /// What was searched for, where it is not the question as asked.
    pub standalone: Option<String>,
    /// The beginning of the conversation, where it is folded.
    pub earlier: Option<Earlier>,
    /// Whether the words alone decided what was found.
    pub words_alone: bool,
    /// What the answerer was given, with scores; marker `n` means the one at `n - 1`.
    pub passages: Vec<(Passage, f32)>,
    /// What the calls took, all but the reranker's.
    pub usage: Usage,
    /// What the reranker took, where it came to an order.
    pub reranking: Option<(Duration, Usage)>,
    /// When the passages were there, since the question.
    pub retrieved: Duration,
    /// When the first piece of the answer was there; the end where there is none.
    pub first_token: Duration,
    /// When all was done.
    pub total: Duration,
}

/// Answers a question. The last event is [`Event::Done`]. Once `cancel` is cancelled, whatever is under way is dropped
/// and the answer ends with what has come; dropping the stream ends it without one.
pub fn answer(
    retriever: Retriever,
    answerer: Arc<dyn Answerer>,
    question: Question,
    cancel: CancellationToken,
) -> impl Stream<Item = Event> + Send {
    let (sender, events) = mpsc::unbounded();
    let run = Run {
        retriever,
        answerer,
        events: sender,
        started: Instant::now(),
        reader: AnswerReader::new(Vec::new()),
        first_token: None,
        refused: false,
        answer: Answer::new(),
    };
    let nothing = run.finish(question, cancel).into_stream().filter_map(|()| future::ready(None));
    stream::select(events, nothing)
}

/// One question on its way.
struct Run {
    retriever: Retriever,
    answerer: Arc<dyn Answerer>,
    events: UnboundedSender<Event>,
    started: Instant,
    reader: AnswerReader,
    first_token: Option<Instant>,
    refused: bool,
    answer: Answer,
}

impl Run {
    async fn finish(mut self, question: Question, cancel: CancellationToken) {
        let outcome = cancel.run_until_cancelled(self.steps(question)).await;
        let events = self.events.clone();
        let done = match outcome.unwrap_or(Ok(Outcome::Stopped)) {
            Ok(outcome) => Ok(Box::new(self.ended(outcome))),
            Err(error) => Err(error),
        };
        // Nobody listens where the stream was dropped.
        let _ = events.unbounded_send(Event::Done(done));
    }

    async fn steps(&mut self, question: Question) -> Result<Outcome, AnswerError> {
        let Question { text, standalone, scope, history } = question;
        let answerer = Arc::clone(&self.answerer);
        let (history, usage) = answerer.fold(history).await;
        self.answer.earlier.clone_from(&history.earlier);
        self.answer.usage += usage;
        let searched = match standalone {
            Some(standalone) => standalone,
            None => {
                let (standalone, usage) = answerer.standalone(&text, &history).await;
                self.answer.usage += usage;
                standalone
            }
        };
        if searched != text {
            self.answer.standalone = Some(searched.clone());
            self.tell(Progress::Standalone(searched.clone()));
        }
        let (evidence, bears) = self.grounds(&searched, &scope).await?;
        if !bears {
            return Ok(Outcome::Refused);
        }
        let written = answerer.answer(&searched, &evidence, &history).await?;
        self.reader = AnswerReader::new(evidence);
        self.write(written).await
    }

    /// The evidence for an answer, and whether any of it bears on the question.
    async fn grounds(&mut self, question: &str, scope: &Scope) -> Result<(Vec<Evidence>, bool), AnswerError> {
        let found = self.retriever.retrieve(question, scope, RETRIEVED).await?;
        self.answer.reranking = found.reranking_usage.map(|usage| (found.reranking, usage));
        self.answer.words_alone = found.words_alone;
        self.answer.passages = pack(found.passages, self.answerer.context_tokens());
        let passages: Vec<Passage> =
            self.answer.passages.iter().map(|(passage, _)| passage.clone()).collect();
        let asked = question.to_owned();
        let grounds = blocking(&self.retriever.library, move |library| {
            let bears = bear_on(library, &asked, &passages)?;
            Ok((Evidence::of(library, passages)?, bears))
        });
        let grounds = grounds.await?;
        self.answer.retrieved = self.started.elapsed();
        self.tell(Progress::Passages(self.answer.passages.clone()));
        Ok(grounds)
    }

    /// Follows the answerer to its end.
    ///
    /// # Errors
    /// One that came before any text: then there is nothing to keep.
    async fn write(&mut self, mut written: WrittenStream) -> Result<Outcome, AnswerError> {
        while let Some(piece) = written.next().await {
            match piece {
                Ok(Written::Text(text)) => {
                    self.first_token.get_or_insert_with(Instant::now);
                    let updates = self.reader.push(&text);
                    self.tell_all(updates);
                }
                Ok(Written::Reasoning(text)) => self.tell(Progress::Reasoning(text)),
                Ok(Written::TextWasReasoning) => self.start_again(),
                Ok(Written::Refused) => self.refused = true,
                Ok(Written::Finished { reason, usage }) => {
                    self.answer.usage += usage;
                    return Ok(if reason == FinishReason::Length { Outcome::Cut } else { Outcome::Complete });
                }
                Err(error) if self.first_token.is_none() => return Err(error.into()),
                Err(error) => return Ok(Outcome::BrokenOff(error)),
            }
        }
        Ok(Outcome::Complete)
    }

    fn ended(mut self, outcome: Outcome) -> Answer {
        let rest = self.reader.finish();
        // A model that cites something has found an answer, or part of one.
        let refused = self.refused && self.reader.citations().iter().all(|citation| citation.matched);
        if refused && !self.reader.text().is_empty() {
            self.start_again();
        } else {
            self.tell_all(rest);
        }
        let total = self.started.elapsed();
        Answer {
            text: self.reader.text().to_owned(),
            citations: self.reader.citations().to_vec(),
            uncited: self.reader.uncited().to_vec(),
            outcome: if refused { Outcome::Refused } else { outcome },
            first_token: self.first_token.map_or(total, |first| first - self.started),
            total,
            ..self.answer
        }
    }

    /// What was written so far is no part of the answer.
    fn start_again(&mut self) {
        self.refused = false;
        self.reader.start_again();
        self.tell(Progress::TextWasReasoning);
    }

    fn tell_all(&self, updates: Vec<Update>) {
        updates.into_iter().for_each(|update| self.tell(Progress::Update(update)));
    }

    fn tell(&self, progress: Progress) {
        // Nobody listens where the stream was dropped.
        let _ = self.events.unbounded_send(Event::Progress(progress));
    }
}

impl Answer {
    fn new() -> Self {
        Self {
            text: String::new(),
            citations: Vec::new(),
            uncited: Vec::new(),
            outcome: Outcome::Stopped,
            standalone: None,
            earlier: None,
            words_alone: false,
            passages: Vec::new(),
            usage: Usage::default(),
            reranking: None,
            retrieved: Duration::ZERO,
            first_token: Duration::ZERO,
            total: Duration::ZERO,
        }
    }
}

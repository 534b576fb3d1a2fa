//! The one face that both shells see: every request, response, event and error, declared once.
//!
//! The TypeScript types of the window are generated from these (`cargo xtask types`), never written twice.
//! Offsets that the window uses to mark text are in UTF-16 code units, as JavaScript counts.

mod answering;
mod backup;
pub mod commands;
mod conversations;
mod embeddings;
mod error;
mod evaluation;
mod examination;
mod explaining;
mod failure;
mod indexing;
mod installing;
mod jobs;
mod ledger;
mod link;
mod local_servers;
mod marking;
mod models;
mod nothing;
mod opinion;
mod overview;
mod page;
mod picture;
mod place;
mod recognition;
mod searching;
mod settings;
mod suggestion;
mod unlocking;

pub use ::answer::{ExplainedPart, Part, Standing};
pub use ::endpoint::{ErrorKind, ProfileFault, Purpose, RequestOutcome, TimeoutPhase, Violation};
pub use ::extract::{ExtractError, OtherKind, PageFinding, TextRecognition, Warning};
pub use ::library::{
    Fact, FactKind, FactPlace, Facts, Mended, Reranking, Support, TextRange, Usage, Wording,
};
pub use answering::{Answer, AnswerEvent, AnswerState, AnswerTimings, AskRequest, Citation, Earlier, Said};
pub use backup::{BackupEvent, BackupOutcome, BackupRequest, BackupStage};
pub use conversations::{
    ConversationSummary, ConversationView, ConversationsRequest, Export, ExportFormat, ExportRequest,
    RenameRequest, StoredAnswer,
};
pub use embeddings::{EmbeddingPlan, EmbeddingPlanRequest, Embeddings};
pub use error::{
    ApiError, EndpointError, ErrorCode, ErrorMessage, Instead, LibraryError, LocalModelError, RequestError,
    SystemError,
};
pub use evaluation::{
    AnswerEvaluation, AnswerFigures, AnswerResult, CitedPage, ClaimEvaluation, ClaimFigures, ClaimResult,
    Evaluation, Figures, KnownClaim, KnownPages, KnownQuestion, LeftOut, QuestionResult, StepRanks,
};
pub use examination::{ExaminationEvent, ExaminationOutcome, Examining};
pub use explaining::{ExplainRequest, Explanation, PageExplanation, Repeated, Searched, Unsearched};
pub use failure::{DocumentWarning, Failure, Missing, Reason};
pub use indexing::{
    AddRequest, AwayFolder, FileKind, IndexEvent, IndexOutcome, IndexProgress, IndexStage, IndexSummary,
    PassedOver,
};
pub use installing::{InstallEvent, InstallOutcome, InstallRequest, LocalModel, LocalModels, ModelPlace};
pub use jobs::{Job, JobState, JobWork, WatchEvent};
pub use ledger::{Ledger, LedgerRequest, LedgerSum};
pub use link::{Link, LinkTarget};
pub use local_servers::LocalServer;
pub use marking::MarkRequest;
pub use models::{ModelInfo, Provider, Role};
pub use nothing::{Nothing, NothingReason};
pub use opinion::{Opinion, OpinionRequest, SecondOpinion, SecondOpinions};
pub use overview::{
    Coverage, DocumentSummary, FolderSummary, IndexState, IndexStatus, LibraryStatus, RemoveRequest, Removed,
    Sizes,
};
pub use page::{PageBlock, PageBlockKind, PageBox, PageForm, PageRequest, PageView};
pub use picture::{Picture, PictureRequest};
pub use place::Place;
pub use recognition::{DocumentPages, RecognitionPlan, RecognitionRequest};
pub use searching::{Passage, SearchRequest, SearchResponse, SearchTimings};
pub use settings::{
    ChatCheck, EmbeddingCheck, EndpointCheck, EndpointPreset, EndpointRequest, EndpointSettings, KeyPlace,
    LongerTexts, ModelChoice, Prices, SettingsView,
};
pub use suggestion::Suggestion;
pub use unlocking::{UnlockRequest, Unlocked};

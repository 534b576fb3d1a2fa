import type { EndpointError } from "../../api/EndpointError";
import type { ErrorKind } from "../../api/ErrorKind";
import type { ProfileFault } from "../../api/ProfileFault";
import type { TimeoutPhase } from "../../api/TimeoutPhase";
import type { Violation } from "../../api/Violation";

/** What happened, and what to do. */
type Advice = readonly [happened: string, toDo: string];

const faults = {
  "base-url": "The endpoint's address is missing or not an HTTP address",
  key: "The key holds characters that cannot be sent",
  header: "A header of the endpoint's settings cannot be sent",
  proxy: "The proxy's address is not an address",
  "prompt-template": "The prompt template cannot be used",
  client: "The connection to the endpoint could not be set up",
} satisfies Record<ProfileFault, string>;

const timeouts = {
  connect: "The endpoint did not take the connection in time",
  "first-byte": "The endpoint did not begin to answer in time",
  idle: "The endpoint stopped sending in the middle of its answer",
  whole: "The endpoint did not finish its answer in time",
  endpoint: "The endpoint gave up waiting for its own model",
} satisfies Record<TimeoutPhase, string>;

const notAnApi = "The address in the settings is probably not that of an OpenAI-compatible API: check it.";
const noVectors =
  "The fault is on the endpoint's side: check that the model is an embedding model, or choose another one.";

const violations = {
  "web-page": [
    "A web page came back in place of an answer",
    "A login page or proxy stands before the endpoint, or the address is that of its website: check the address and the network.",
  ],
  "not-json": ["What came back is not JSON", notAnApi],
  "unexpected-shape": ["What came back is JSON, but not of this API", notAnApi],
  "vector-count": ["The endpoint did not send exactly one vector for each text", noVectors],
  "vector-lengths": ["The endpoint sent vectors of different lengths", noVectors],
  "not-finite": ["The endpoint sent a vector with NaN, null or an infinite number in it", noVectors],
  "too-large": ["The endpoint sent far more than any answer has", notAnApi],
} satisfies Record<Violation, Advice>;

const kinds: { [Code in ErrorKind["code"]]: (kind: Extract<ErrorKind, { code: Code }>) => Advice } = {
  "invalid-profile": ({ of }) => [faults[of], "Correct it in the endpoint's settings."],
  "timed-out": ({ of }) => [
    timeouts[of],
    of === "connect"
      ? "Check the network and the address; a firewall may be in the way."
      : "It is probably overloaded or its model is slow: try again later, or choose a smaller model or a longer timeout.",
  ],
  protocol: ({ of }) => violations[of],
  "host-not-found": () => [
    "The endpoint's host name could not be found",
    "Either this computer is offline or the address in the settings is mistyped: check both.",
  ],
  "connection-refused": () => [
    "Nothing answers at the endpoint's address",
    "Most likely the server is not running, or the port in the settings is another one: start the server or correct the address.",
  ],
  "tls-failed": () => [
    "No secure connection to the endpoint could be made",
    "The server's certificate is not trusted or it speaks no HTTPS here: check the address, and whether a proxy on your network replaces certificates.",
  ],
  unreachable: () => [
    "The endpoint could not be reached",
    "Check the network, the proxy and the address in the settings.",
  ],
  redirected: () => [
    "The endpoint sends the call on to another address",
    "It is not followed, so that nothing goes to a place you did not choose: set the address in the settings to the final one (often https in place of http).",
  ],
  unauthorized: () => [
    "The endpoint does not accept the key",
    "Set the key again; it may be mistyped, expired or meant for another endpoint.",
  ],
  "payment-required": () => [
    "The endpoint asks for payment",
    "Add credit to the account, or use another endpoint.",
  ],
  forbidden: () => [
    "The endpoint does not allow this call with this key",
    "Ask for access to the model, use another key, or choose another model.",
  ],
  "not-found": () => [
    "The endpoint does not know this path",
    "The address in the settings is probably not that of an OpenAI-compatible API: check its path.",
  ],
  "unknown-model": () => [
    "The endpoint does not serve this model",
    "Choose one of the models that the endpoint lists.",
  ],
  "context-too-long": () => [
    "The question with its sources is longer than the model can read",
    "Ask with fewer sources or a shorter conversation, or choose a model with a larger context.",
  ],
  "input-too-long": () => [
    "A text is longer than the model can read",
    "Shorten the text, or choose a model that reads more.",
  ],
  "too-many-inputs": () => [
    "There are more texts in one call than the endpoint takes",
    "Send fewer at a time.",
  ],
  "invalid-request": () => [
    "The endpoint does not accept the request",
    "A parameter is probably not supported there: check the extra parameters and the model in the settings.",
  ],
  "rate-limited": ({ of: { retry_after } }) => [
    "The endpoint was called more often than it allows",
    "Wait a little and try again, or allow fewer requests at once." +
      (retry_after ? ` It asks for a wait of ${Math.max(1, retry_after.secs)} seconds.` : ""),
  ],
  "quota-exceeded": () => [
    "The account's quota at the endpoint is used up",
    "Waiting does not help: raise the quota or add credit, or use another endpoint.",
  ],
  unavailable: () => [
    "The endpoint cannot answer right now",
    "It is overloaded, restarting or loading the model: try again in a minute.",
  ],
  "server-failed": () => [
    "The endpoint failed inside",
    "The fault is on its side: try again, and look at the server's log if it is yours.",
  ],
  "broken-off": () => [
    "The connection ended before the answer did",
    "The server or the network failed: what came before is kept; ask again for the rest.",
  ],
  "empty-answer": () => [
    "The endpoint reported success but sent nothing",
    "Some servers do so when the prompt is longer than the model's context: ask with fewer sources, or look at the server's log.",
  ],
};

function advice(kind: ErrorKind): Advice {
  return (kinds[kind.code] as (kind: ErrorKind) => Advice)(kind);
}

export const happened = (kind: ErrorKind) => advice(kind)[0];

/** What happened in a call of the endpoint, and what to do. */
export function ofCall({ kind, call, status, said: words }: EndpointError): string {
  const [what, toDo] = advice(kind);
  const place = call && ` (${status === null ? call : `${call}, HTTP ${status}`})`;
  return `${what}${place ?? ""}. ${toDo}${words === null ? "" : ` The endpoint says: “${words}”`}`;
}

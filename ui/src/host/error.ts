import type { ApiError } from "../api/ApiError";

/** What a host rejected with; a failure of the host itself (no connection, a bad argument) counts as a request's. */
export function toApiError(reason: unknown): ApiError {
  if (typeof reason === "object" && reason !== null && "code" in reason && "message" in reason) {
    return reason as ApiError;
  }
  return { code: "request", message: reason instanceof Error ? reason.message : String(reason) };
}

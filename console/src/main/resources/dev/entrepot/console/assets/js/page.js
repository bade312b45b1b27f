// What several modules read from the page or from an answer.

/** The token that every request which changes something sends back. */
export const csrf = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Why a request failed, from an RFC 9457 problem, in words for people. */
export function reason(status, body) {
  try {
    const problem = JSON.parse(body);
    if (problem.detail || problem.title) {
      return problem.detail ?? problem.title;
    }
  } catch {
    // Not a problem document: the status says what can be said.
  }
  if (status === 401) {
    return "You have been signed out. Sign in again; nothing was sent.";
  }
  if (status === 413) {
    return "The file is larger than allowed.";
  }
  return status === 0 ? "The server cannot be reached. Try again in a moment." : `The server answered ${status}.`;
}

/** The address of the page that shows a thing, from a pattern with `{id}`. */
export const pageOf = (pattern, id) => pattern.replace("{id}", encodeURIComponent(id));

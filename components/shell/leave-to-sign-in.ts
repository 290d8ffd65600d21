/** Goes to the sign-in page, to come back to what is open now. */
export function leaveToSignIn(): void {
  const { pathname, search } = window.location;
  if (pathname === "/sign-in") return;
  window.location.replace(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}

"use client";
import { useEffect } from "react";

/** Goes to the sign-in page, to come back to what is open now. */
export function leaveToSignIn(): void {
  const { pathname, search } = window.location;
  if (pathname === "/sign-in") return;
  window.location.replace(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}

/** Stands for a page that needs somebody signed in. */
export function SignInFirst() {
  useEffect(leaveToSignIn, []);
  return <p className="grid min-h-dvh place-items-center text-fg-muted">Opening the sign-in page</p>;
}

import { toast } from "@/components/ui/toaster";

/** Ends this session and leaves nothing of it in the page. */
export async function signOut(): Promise<void> {
  try {
    const { signOutHere } = await import("@/lib/auth/client");
    await signOutHere();
    window.location.assign("/sign-in");
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    toast({ tone: "danger", message: `Still signed in. ${reason}`.trim() });
  }
}

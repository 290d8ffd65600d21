import { toast } from "@/components/ui/toaster";
import { signOutHere } from "@/lib/auth/client";

/** Ends this session and leaves nothing of it in the page. */
export async function signOut(): Promise<void> {
  try {
    await signOutHere();
    window.location.assign("/sign-in");
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    toast({ tone: "danger", message: `Still signed in. ${reason}`.trim() });
  }
}

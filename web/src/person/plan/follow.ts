import type { SafetyPlan } from "../../api/generated";
import { get } from "../../base/client";
import { keep, kept, kept_plan } from "../../base/device";

/** After words of the chat went into the plan: the copy kept here, if there is one, follows. */
export async function follow_plan(): Promise<void> {
  if ((await kept<SafetyPlan>(kept_plan)) === null) return;
  const plan = await get("/safety-plan").catch(() => null);
  if (plan?.kept_on_device) await keep(kept_plan, plan);
}

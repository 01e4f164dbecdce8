import { Failed, Loading } from "../../base/states";
import { SavedRepliesForm } from "../live/saved_replies";
import { use_saved_replies } from "../server";
import { use_tell } from "../parts/toast";
import { use_words } from "../words";
import { Head } from "./head";

/** Words kept ready for those who write with people. Nothing sends them by itself. */
export function Replies() {
  const words = use_words();
  const { tell } = use_tell();
  const replies = use_saved_replies();
  return (
    <>
      <Head title={words("admin.replies")} lead={words("replies.admin_lead")} />
      {replies.isPending && <Loading what={words("admin.loading")} />}
      {replies.isError && !replies.data && <Failed title={words("admin.failed")} error={replies.error} retry={() => void replies.refetch()} />}
      {replies.data && <SavedRepliesForm key={replies.data.version} items={replies.data.items} version={replies.data.version} done={() => tell(words("replies.saved"))} />}
    </>
  );
}

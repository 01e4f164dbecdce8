import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { use_words } from "../words";
import { Button } from "./button";

interface Props {
  title: string;
  open: boolean;
  close(): void;
  children: ReactNode;
  wide?: boolean;
}

/** A sheet over the page. Escape closes it. */
export function Sheet({ title, open, close, children, wide }: Props) {
  const words = use_words();
  return (
    <ModalOverlay className="sheet-veil" isOpen={open} onOpenChange={(next) => !next && close()} isDismissable>
      <Modal className={wide ? "sheet sheet-wide" : "sheet"}>
        <Dialog className="sheet-inside">
          <div className="sheet-head">
            <Heading slot="title">{title}</Heading>
            <Button size="s" look="quiet" onPress={close} hint="Esc">
              {words("sheet.close")}
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

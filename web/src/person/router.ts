import { hash_router } from "../base/router";

export const router = hash_router();

export const go = router.go;
export const href = router.href;

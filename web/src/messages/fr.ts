import { complete } from "./complete";
import base from "./fr.base.json";
import person from "./fr.json";
import served from "./fr.served.json";

export default complete(base, person, served);

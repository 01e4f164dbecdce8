import { complete } from "./complete";
import base from "./de.base.json";
import person from "./de.json";
import served from "./de.served.json";

export default complete(base, person, served);

#include "workbench/recipe.h"

#include <map>
#include <sstream>

#include "text/message_text.h"

namespace chronus {

Result<Recipe> read_recipe(const std::vector<Argument>& words) {
    std::map<std::string, std::string> said;
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) said[text_of(words[i]).value_or("")] = text_of(words[i + 1]).value_or("");
    Recipe recipe{said["launcher"], said["compiler"], {}, said["include"], said["layout"], said["awk"], said["sources"], said["modules"], said["faust"]};
    std::istringstream flags(said["flags"]);
    for (std::string flag; flags >> flag;) recipe.flags.push_back(flag);
    if (recipe.compiler.empty() || recipe.include.empty())
        return Refusal{"file", "the daemon does not know how modules are built: it is another version", "chronus status"};
    return recipe;
}

}  // namespace chronus

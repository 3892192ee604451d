# Probity (信监): the only doors. `make` alone lists them. What they do stands in tools/doors.sh.
# More words for a door go into ARGS:  make run ARGS="--port 9000"   make test ARGS="tests/unit -x"

.DEFAULT_GOAL := help
.PHONY: help run test check soak bench docs lock messages

# list the doors · 列出全部命令
help:
	@awk '/^# / { said = substr($$0, 3); next } /^[a-z]+:/ && said { split($$0, door, ":"); printf "make %-10s %s\n", door[1], said } { said = "" }' $(MAKEFILE_LIST)

# start the example city here, in the browser · 启动示例城市
run:
	@sh tools/doors.sh run $(ARGS)

# run the tests, under eight minutes · 运行测试
test:
	@sh tools/doors.sh test $(ARGS)

# check style, types, imports, house and manual · 检查代码与手册
check:
	@sh tools/doors.sh check

# run an issue's numbers in full, for hours · 全量长时测试
soak:
	@sh tools/doors.sh soak $(ARGS)

# measure what we promise, beside its peer · 性能测量
bench:
	@sh tools/doors.sh bench $(ARGS)

# build the manual and serve it · 构建并浏览手册
docs:
	@sh tools/doors.sh docs

# resolve dependencies and write requirements/*.lock · 重新锁定依赖
lock:
	@sh tools/doors.sh lock

# collect and compile translations · 更新翻译
messages:
	@sh tools/doors.sh messages

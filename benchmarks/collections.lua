-- wrk's load: 2,000 different collections of about 1.1 KB with 4 payloads, full of random hashes.
-- wrk -t2 -c512 -d30s --latency -s benchmarks/collections.lua http://127.0.0.1:8080/v1/collections
local bodies, at = {}, 0

local function hex(count)
  local digits = {}
  for i = 1, count do
    digits[i] = string.format("%x", math.random(0, 15))
  end
  return table.concat(digits)
end

local function payload(n)
  return string.format(
    '{"event":%d,"host":"host-%04d.example","user":"S-1-5-21-%d","image":"C:\\\\Windows\\\\System32\\\\svc%d.exe",' ..
      '"sha256":"%s","md5":"%s","parent":%d,"time":"2026-11-23T%02d:%02d:%02d.%03dZ"}',
    n, math.random(9999), math.random(2 ^ 30), math.random(99), hex(64), hex(32), math.random(65535),
    math.random(0, 23), math.random(0, 59), math.random(0, 59), math.random(0, 999))
end

function init(args)
  math.randomseed(20261123)
  for i = 1, 2000 do
    local data = {}
    for n = 1, 4 do
      data[n] = payload(n)
    end
    bodies[i] = wrk.format("POST", nil, {
      ["Content-Type"] = "application/json",
    }, string.format('{"version":"2.1.0","token":"%s","data":[%s]}', hex(32), table.concat(data, ",")))
  end
end

function request()
  at = at % #bodies + 1
  return bodies[at]
end
